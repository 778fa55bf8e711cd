"""Any PDF -> its ruled tables, as JSON, CSV and HTML, with no plan behind them."""
