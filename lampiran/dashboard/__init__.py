"""Results of many decrees -> a folder of static pages that shows them side by side, without a server or a network."""
