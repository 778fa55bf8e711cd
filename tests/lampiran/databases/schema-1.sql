BEGIN TRANSACTION;
CREATE TABLE actions (
	result_id TEXT NOT NULL, 
	row_no INTEGER NOT NULL, 
	decree_id TEXT NOT NULL, 
	action_id TEXT NOT NULL, 
	area_no INTEGER NOT NULL, 
	area TEXT, 
	component_no TEXT, 
	component TEXT, 
	indicator TEXT, 
	action TEXT, 
	evidence TEXT, 
	responsible TEXT, 
	months TEXT, 
	quarters TEXT, 
	schedule_text TEXT, 
	schedule_state TEXT NOT NULL, 
	m01 INTEGER, 
	m02 INTEGER, 
	m03 INTEGER, 
	m04 INTEGER, 
	m05 INTEGER, 
	m06 INTEGER, 
	m07 INTEGER, 
	m08 INTEGER, 
	m09 INTEGER, 
	m10 INTEGER, 
	m11 INTEGER, 
	m12 INTEGER, 
	q1 INTEGER, 
	q2 INTEGER, 
	q3 INTEGER, 
	q4 INTEGER, 
	lke_code TEXT, 
	needs_review INTEGER NOT NULL, 
	page_first INTEGER, 
	page_last INTEGER, 
	PRIMARY KEY (result_id, action_id), 
	CHECK (m01 IN (0, 1)), 
	CHECK (m02 IN (0, 1)), 
	CHECK (m03 IN (0, 1)), 
	CHECK (m04 IN (0, 1)), 
	CHECK (m05 IN (0, 1)), 
	CHECK (m06 IN (0, 1)), 
	CHECK (m07 IN (0, 1)), 
	CHECK (m08 IN (0, 1)), 
	CHECK (m09 IN (0, 1)), 
	CHECK (m10 IN (0, 1)), 
	CHECK (m11 IN (0, 1)), 
	CHECK (m12 IN (0, 1)), 
	CHECK (q1 IN (0, 1)), 
	CHECK (q2 IN (0, 1)), 
	CHECK (q3 IN (0, 1)), 
	CHECK (q4 IN (0, 1)), 
	CHECK (needs_review IN (0, 1)), 
	FOREIGN KEY(result_id) REFERENCES decree (result_id)
)
 STRICT

;
INSERT INTO "actions" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',1,'kpu-contoh-8-10-2025','L1.i.1',1,'MANAJEMEN PERUBAHAN','i','Komponen i','Indikator Membentuk tim kerja','Membentuk tim kerja','Dokumen Membentuk tim kerja','TIM A','3;6',NULL,NULL,'marked',0,0,1,0,0,1,0,0,0,0,0,0,NULL,NULL,NULL,NULL,NULL,0,1,1);
INSERT INTO "actions" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',2,'kpu-contoh-8-10-2025','L1.i.2',1,'MANAJEMEN PERUBAHAN','i','Komponen i','Indikator Baris satu
baris "dua", ;
\.
- =1+1 ‮tebalik‬ √ 100%','Baris satu
baris "dua", ;
\.
- =1+1 ‮tebalik‬ √ 100%','Dokumen Baris satu
baris "dua", ;
\.
- =1+1 ‮tebalik‬ √ 100%','TIM A',NULL,'2',NULL,'marked',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,1,0,0,NULL,0,1,1);
INSERT INTO "actions" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',3,'kpu-contoh-8-10-2025','L1.i.3',1,'MANAJEMEN PERUBAHAN','i','Komponen i','Indikator Melaksanakan sosialisasi','Melaksanakan sosialisasi','Dokumen Melaksanakan sosialisasi',NULL,NULL,NULL,NULL,'unknown',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,1,1);
INSERT INTO "actions" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',4,'kpu-contoh-8-10-2025','L1.ii.1',1,'MANAJEMEN PERUBAHAN','ii','Komponen ii','Indikator Menyusun laporan','Menyusun laporan','Dokumen Menyusun laporan','TIM B','5',NULL,NULL,'partial',0,0,0,0,1,NULL,0,0,0,0,0,0,NULL,NULL,NULL,NULL,NULL,0,1,1);
INSERT INTO "actions" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',5,'kpu-contoh-8-10-2025','L1.ii.2',1,'MANAJEMEN PERUBAHAN','ii','Komponen ii','Indikator Mengevaluasi kegiatan','Mengevaluasi kegiatan','Dokumen Mengevaluasi kegiatan','TIM B',NULL,NULL,NULL,'partial',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,1,1);
INSERT INTO "actions" VALUES('kpu-uji-1-2024-5e031414e453',1,'kpu-uji-1-2024','L1.i.1',1,'MANAJEMEN PERUBAHAN','i','Komponen i','Indikator Membentuk tim kerja zona integritas','Membentuk tim kerja zona integritas','Dokumen Membentuk tim kerja zona integritas','TIM A','3',NULL,NULL,'marked',0,0,1,0,0,0,0,0,0,0,0,0,NULL,NULL,NULL,NULL,NULL,0,1,1);
INSERT INTO "actions" VALUES('kpu-uji-1-2024-5e031414e453',2,'kpu-uji-1-2024','L1.i.2',1,'MANAJEMEN PERUBAHAN','i','Komponen i','Indikator Melaksanakan sosialisasi kode etik kepada pegawai','Melaksanakan sosialisasi kode etik kepada pegawai','Dokumen Melaksanakan sosialisasi kode etik kepada pegawai','TIM A','3',NULL,NULL,'marked',0,0,1,0,0,0,0,0,0,0,0,0,NULL,NULL,NULL,NULL,NULL,0,1,1);
INSERT INTO "actions" VALUES('kpu-uji-1-2024-5e031414e453',3,'kpu-uji-1-2024','L1.i.3',1,'MANAJEMEN PERUBAHAN','i','Komponen i','Indikator Menyusun laporan pengaduan masyarakat triwulanan','Menyusun laporan pengaduan masyarakat triwulanan','Dokumen Menyusun laporan pengaduan masyarakat triwulanan','TIM A','3',NULL,NULL,'marked',0,0,1,0,0,0,0,0,0,0,0,0,NULL,NULL,NULL,NULL,NULL,0,1,1);
INSERT INTO "actions" VALUES('kpu-uji-1-2024-5e031414e453',4,'kpu-uji-1-2024','L1.i.4',1,'MANAJEMEN PERUBAHAN','i','Komponen i','Indikator Menetapkan standar operasional prosedur kearsipan','Menetapkan standar operasional prosedur kearsipan','Dokumen Menetapkan standar operasional prosedur kearsipan','TIM A','3',NULL,NULL,'marked',0,0,1,0,0,0,0,0,0,0,0,0,NULL,NULL,NULL,NULL,NULL,0,1,1);
CREATE TABLE actions_extra (
	result_id TEXT NOT NULL, 
	row_no INTEGER NOT NULL, 
	decree_id TEXT NOT NULL, 
	action_id TEXT NOT NULL, 
	n INTEGER NOT NULL, 
	"column" TEXT, 
	printed TEXT, 
	text TEXT, 
	status TEXT NOT NULL, 
	confidence REAL, 
	page INTEGER, 
	x0 REAL, 
	top REAL, 
	x1 REAL, 
	bottom REAL, 
	line INTEGER, 
	PRIMARY KEY (result_id, action_id, n), 
	FOREIGN KEY(result_id, action_id) REFERENCES actions (result_id, action_id)
)
 STRICT

;
CREATE TABLE changes (
	result_id TEXT NOT NULL, 
	row_no INTEGER NOT NULL, 
	n INTEGER NOT NULL, 
	level TEXT NOT NULL, 
	field TEXT, 
	kinds TEXT NOT NULL, 
	changed TEXT, 
	reading TEXT, 
	spelling TEXT, 
	unknown TEXT, 
	in_doubt INTEGER NOT NULL, 
	copied_years TEXT, 
	copied_offices TEXT, 
	verbatim INTEGER, 
	adapted INTEGER, 
	likeness REAL, 
	a_decree_id TEXT NOT NULL, 
	b_decree_id TEXT NOT NULL, 
	a_action_id TEXT, 
	a_area_no INTEGER, 
	a_area TEXT, 
	a_component_no TEXT, 
	a_component TEXT, 
	a_position INTEGER, 
	a_indicator TEXT, 
	a_action TEXT, 
	a_evidence TEXT, 
	a_responsible TEXT, 
	a_months TEXT, 
	a_quarters TEXT, 
	a_schedule_text TEXT, 
	a_lke_code TEXT, 
	a_page INTEGER, 
	a_line INTEGER, 
	a_value TEXT, 
	b_action_id TEXT, 
	b_area_no INTEGER, 
	b_area TEXT, 
	b_component_no TEXT, 
	b_component TEXT, 
	b_position INTEGER, 
	b_indicator TEXT, 
	b_action TEXT, 
	b_evidence TEXT, 
	b_responsible TEXT, 
	b_months TEXT, 
	b_quarters TEXT, 
	b_schedule_text TEXT, 
	b_lke_code TEXT, 
	b_page INTEGER, 
	b_line INTEGER, 
	b_value TEXT, 
	a_result_id TEXT NOT NULL, 
	PRIMARY KEY (result_id, n), 
	CHECK (in_doubt IN (0, 1)), 
	CHECK (verbatim IN (0, 1)), 
	CHECK (adapted IN (0, 1)), 
	FOREIGN KEY(result_id) REFERENCES decree (result_id), 
	FOREIGN KEY(a_result_id) REFERENCES decree (result_id)
)
 STRICT

;
CREATE TABLE decree (
	result_id TEXT NOT NULL, 
	row_no INTEGER NOT NULL, 
	decree_id TEXT NOT NULL, 
	number TEXT, 
	year INTEGER, 
	title TEXT, 
	office TEXT, 
	place TEXT, 
	date TEXT, 
	signatory TEXT, 
	attestation TEXT, 
	signature_kind TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	areas INTEGER NOT NULL, 
	components INTEGER NOT NULL, 
	actions INTEGER NOT NULL, 
	marks INTEGER NOT NULL, 
	errors INTEGER NOT NULL, 
	reviews INTEGER NOT NULL, 
	warnings INTEGER NOT NULL, 
	notices INTEGER NOT NULL, 
	infos INTEGER NOT NULL, 
	file TEXT NOT NULL, 
	plan_year INTEGER, 
	partly_read INTEGER NOT NULL, 
	superseded INTEGER NOT NULL, 
	counted INTEGER NOT NULL, 
	digest TEXT NOT NULL, 
	PRIMARY KEY (result_id), 
	CHECK (partly_read IN (0, 1)), 
	CHECK (superseded IN (0, 1)), 
	CHECK (counted IN (0, 1))
)
 STRICT

;
INSERT INTO "decree" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',1,'kpu-contoh-8-10-2025','8.10',2025,'RENCANA AKSI','KOMISI PEMILIHAN UMUM KABUPATEN CONTOH',NULL,NULL,NULL,NULL,'unknown','3fc970fcbff36f015daecd46f96b02e01e03d7359ca953072b3f4f20aee9be81',1,2,5,5,0,1,0,0,0,'kpu-contoh-8-10-2025.txt',2025,0,0,1,'07d98424d59ca78ff1e746d12bc5d4a24f9e9e1a600a2be85233ade8b0c013b3');
INSERT INTO "decree" VALUES('kpu-uji-1-2024-5e031414e453',1,'kpu-uji-1-2024','8.10',2024,'RENCANA AKSI','KPU KOTA UJI',NULL,NULL,NULL,NULL,'unknown','5e031414e4532afabefcd4d81cc2b4376f1ef4037eb8a8ce2cc5e9cd364ef5d1',1,1,4,4,0,0,0,0,0,'kpu-uji-1-2024.txt',2024,0,0,1,'85217cd4f9d4c2533e47de1cd098a1be41eabdb8a6ae2d2f96c5032613b7a8ae');
CREATE TABLE due (
	result_id TEXT NOT NULL, 
	row_no INTEGER NOT NULL, 
	decree_id TEXT NOT NULL, 
	action_id TEXT NOT NULL, 
	month INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	periods TEXT, 
	PRIMARY KEY (result_id, action_id, month), 
	FOREIGN KEY(result_id, action_id) REFERENCES actions (result_id, action_id)
)
 STRICT

;
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',1,'kpu-contoh-8-10-2025','L1.i.1',3,'due','m03');
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',2,'kpu-contoh-8-10-2025','L1.i.1',6,'due','m06');
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',3,'kpu-contoh-8-10-2025','L1.i.2',4,'due','q2');
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',4,'kpu-contoh-8-10-2025','L1.i.2',5,'due','q2');
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',5,'kpu-contoh-8-10-2025','L1.i.2',6,'due','q2');
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',6,'kpu-contoh-8-10-2025','L1.i.3',1,'perhaps',NULL);
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',7,'kpu-contoh-8-10-2025','L1.i.3',2,'perhaps',NULL);
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',8,'kpu-contoh-8-10-2025','L1.i.3',3,'perhaps',NULL);
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',9,'kpu-contoh-8-10-2025','L1.i.3',4,'perhaps',NULL);
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',10,'kpu-contoh-8-10-2025','L1.i.3',5,'perhaps',NULL);
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',11,'kpu-contoh-8-10-2025','L1.i.3',6,'perhaps',NULL);
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',12,'kpu-contoh-8-10-2025','L1.i.3',7,'perhaps',NULL);
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',13,'kpu-contoh-8-10-2025','L1.i.3',8,'perhaps',NULL);
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',14,'kpu-contoh-8-10-2025','L1.i.3',9,'perhaps',NULL);
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',15,'kpu-contoh-8-10-2025','L1.i.3',10,'perhaps',NULL);
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',16,'kpu-contoh-8-10-2025','L1.i.3',11,'perhaps',NULL);
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',17,'kpu-contoh-8-10-2025','L1.i.3',12,'perhaps',NULL);
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',18,'kpu-contoh-8-10-2025','L1.ii.1',5,'due','m05');
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',19,'kpu-contoh-8-10-2025','L1.ii.1',6,'perhaps','m06');
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',20,'kpu-contoh-8-10-2025','L1.ii.2',7,'due','s2');
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',21,'kpu-contoh-8-10-2025','L1.ii.2',8,'due','s2');
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',22,'kpu-contoh-8-10-2025','L1.ii.2',9,'due','s2');
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',23,'kpu-contoh-8-10-2025','L1.ii.2',10,'due','s2');
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',24,'kpu-contoh-8-10-2025','L1.ii.2',11,'due','s2');
INSERT INTO "due" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',25,'kpu-contoh-8-10-2025','L1.ii.2',12,'due','s2');
INSERT INTO "due" VALUES('kpu-uji-1-2024-5e031414e453',1,'kpu-uji-1-2024','L1.i.1',3,'due','m03');
INSERT INTO "due" VALUES('kpu-uji-1-2024-5e031414e453',2,'kpu-uji-1-2024','L1.i.2',3,'due','m03');
INSERT INTO "due" VALUES('kpu-uji-1-2024-5e031414e453',3,'kpu-uji-1-2024','L1.i.3',3,'due','m03');
INSERT INTO "due" VALUES('kpu-uji-1-2024-5e031414e453',4,'kpu-uji-1-2024','L1.i.4',3,'due','m03');
CREATE TABLE evidence (
	result_id TEXT NOT NULL, 
	row_no INTEGER NOT NULL, 
	action_id TEXT NOT NULL, 
	n INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	PRIMARY KEY (result_id, action_id, n), 
	FOREIGN KEY(result_id, action_id) REFERENCES actions (result_id, action_id)
)
 STRICT

;
INSERT INTO "evidence" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',1,'L1.i.1',1,'Dokumen Membentuk tim kerja');
INSERT INTO "evidence" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',2,'L1.i.2',1,'Dokumen Baris satu
baris "dua", ;
\.
- =1+1 ‮tebalik‬ √ 100%');
INSERT INTO "evidence" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',3,'L1.i.3',1,'Dokumen Melaksanakan sosialisasi');
INSERT INTO "evidence" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',4,'L1.ii.1',1,'Dokumen Menyusun laporan');
INSERT INTO "evidence" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',5,'L1.ii.2',1,'Dokumen Mengevaluasi kegiatan');
INSERT INTO "evidence" VALUES('kpu-uji-1-2024-5e031414e453',1,'L1.i.1',1,'Dokumen Membentuk tim kerja zona integritas');
INSERT INTO "evidence" VALUES('kpu-uji-1-2024-5e031414e453',2,'L1.i.2',1,'Dokumen Melaksanakan sosialisasi kode etik kepada pegawai');
INSERT INTO "evidence" VALUES('kpu-uji-1-2024-5e031414e453',3,'L1.i.3',1,'Dokumen Menyusun laporan pengaduan masyarakat triwulanan');
INSERT INTO "evidence" VALUES('kpu-uji-1-2024-5e031414e453',4,'L1.i.4',1,'Dokumen Menetapkan standar operasional prosedur kearsipan');
CREATE TABLE fields (
	result_id TEXT NOT NULL, 
	row_no INTEGER NOT NULL, 
	decree_id TEXT NOT NULL, 
	action_id TEXT NOT NULL, 
	field TEXT NOT NULL, 
	printed TEXT, 
	text TEXT, 
	status TEXT NOT NULL, 
	confidence REAL, 
	page INTEGER, 
	x0 REAL, 
	top REAL, 
	x1 REAL, 
	bottom REAL, 
	line INTEGER, 
	PRIMARY KEY (result_id, action_id, field), 
	FOREIGN KEY(result_id, action_id) REFERENCES actions (result_id, action_id)
)
 STRICT

;
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',1,'kpu-contoh-8-10-2025','L1.i.1','area','MANAJEMEN PERUBAHAN','MANAJEMEN PERUBAHAN','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',2,'kpu-contoh-8-10-2025','L1.i.1','component_no','i','i','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',3,'kpu-contoh-8-10-2025','L1.i.1','component','Komponen i','Komponen i','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',4,'kpu-contoh-8-10-2025','L1.i.1','indicator','Indikator Membentuk tim kerja','Indikator Membentuk tim kerja','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',5,'kpu-contoh-8-10-2025','L1.i.1','action','Membentuk tim kerja','Membentuk tim kerja','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',6,'kpu-contoh-8-10-2025','L1.i.1','evidence','Dokumen Membentuk tim kerja','Dokumen Membentuk tim kerja','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',7,'kpu-contoh-8-10-2025','L1.i.1','responsible','TIM A','TIM A','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',8,'kpu-contoh-8-10-2025','L1.i.1','schedule',NULL,'3;6','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',9,'kpu-contoh-8-10-2025','L1.i.2','area','MANAJEMEN PERUBAHAN','MANAJEMEN PERUBAHAN','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',10,'kpu-contoh-8-10-2025','L1.i.2','component_no','i','i','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',11,'kpu-contoh-8-10-2025','L1.i.2','component','Komponen i','Komponen i','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',12,'kpu-contoh-8-10-2025','L1.i.2','indicator','Indikator Baris satu
baris "dua", ;
\.
- =1+1 ‮tebalik‬ √ 100%','Indikator Baris satu
baris "dua", ;
\.
- =1+1 ‮tebalik‬ √ 100%','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',13,'kpu-contoh-8-10-2025','L1.i.2','action','Baris satu
baris "dua", ;
\.
- =1+1 ‮tebalik‬ √ 100%','Baris satu
baris "dua", ;
\.
- =1+1 ‮tebalik‬ √ 100%','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',14,'kpu-contoh-8-10-2025','L1.i.2','evidence','Dokumen Baris satu
baris "dua", ;
\.
- =1+1 ‮tebalik‬ √ 100%','Dokumen Baris satu
baris "dua", ;
\.
- =1+1 ‮tebalik‬ √ 100%','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',15,'kpu-contoh-8-10-2025','L1.i.2','responsible','TIM A','TIM A','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',16,'kpu-contoh-8-10-2025','L1.i.2','schedule',NULL,'2','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',17,'kpu-contoh-8-10-2025','L1.i.3','area','MANAJEMEN PERUBAHAN','MANAJEMEN PERUBAHAN','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',18,'kpu-contoh-8-10-2025','L1.i.3','component_no','i','i','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',19,'kpu-contoh-8-10-2025','L1.i.3','component','Komponen i','Komponen i','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',20,'kpu-contoh-8-10-2025','L1.i.3','indicator','Indikator Melaksanakan sosialisasi','Indikator Melaksanakan sosialisasi','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',21,'kpu-contoh-8-10-2025','L1.i.3','action','Melaksanakan sosialisasi','Melaksanakan sosialisasi','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',22,'kpu-contoh-8-10-2025','L1.i.3','evidence','Dokumen Melaksanakan sosialisasi','Dokumen Melaksanakan sosialisasi','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',23,'kpu-contoh-8-10-2025','L1.i.3','responsible',NULL,NULL,'missing',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',24,'kpu-contoh-8-10-2025','L1.i.3','schedule',NULL,NULL,'uncertain',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',25,'kpu-contoh-8-10-2025','L1.ii.1','area','MANAJEMEN PERUBAHAN','MANAJEMEN PERUBAHAN','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',26,'kpu-contoh-8-10-2025','L1.ii.1','component_no','ii','ii','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',27,'kpu-contoh-8-10-2025','L1.ii.1','component','Komponen ii','Komponen ii','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',28,'kpu-contoh-8-10-2025','L1.ii.1','indicator','Indikator Menyusun laporan','Indikator Menyusun laporan','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',29,'kpu-contoh-8-10-2025','L1.ii.1','action','Menyusun laporan','Menyusun laporan','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',30,'kpu-contoh-8-10-2025','L1.ii.1','evidence','Dokumen Menyusun laporan','Dokumen Menyusun laporan','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',31,'kpu-contoh-8-10-2025','L1.ii.1','responsible','TIM B','TIM B','uncertain',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',32,'kpu-contoh-8-10-2025','L1.ii.1','schedule',NULL,'5','covered',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',33,'kpu-contoh-8-10-2025','L1.ii.2','area','MANAJEMEN PERUBAHAN','MANAJEMEN PERUBAHAN','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',34,'kpu-contoh-8-10-2025','L1.ii.2','component_no','ii','ii','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',35,'kpu-contoh-8-10-2025','L1.ii.2','component','Komponen ii','Komponen ii','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',36,'kpu-contoh-8-10-2025','L1.ii.2','indicator','Indikator Mengevaluasi kegiatan','Indikator Mengevaluasi kegiatan','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',37,'kpu-contoh-8-10-2025','L1.ii.2','action','Mengevaluasi kegiatan','Mengevaluasi kegiatan','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',38,'kpu-contoh-8-10-2025','L1.ii.2','evidence','Dokumen Mengevaluasi kegiatan','Dokumen Mengevaluasi kegiatan','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',39,'kpu-contoh-8-10-2025','L1.ii.2','responsible','TIM B','TIM B','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',40,'kpu-contoh-8-10-2025','L1.ii.2','schedule',NULL,'2','uncertain',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',1,'kpu-uji-1-2024','L1.i.1','area','MANAJEMEN PERUBAHAN','MANAJEMEN PERUBAHAN','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',2,'kpu-uji-1-2024','L1.i.1','component_no','i','i','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',3,'kpu-uji-1-2024','L1.i.1','component','Komponen i','Komponen i','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',4,'kpu-uji-1-2024','L1.i.1','indicator','Indikator Membentuk tim kerja zona integritas','Indikator Membentuk tim kerja zona integritas','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',5,'kpu-uji-1-2024','L1.i.1','action','Membentuk tim kerja zona integritas','Membentuk tim kerja zona integritas','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',6,'kpu-uji-1-2024','L1.i.1','evidence','Dokumen Membentuk tim kerja zona integritas','Dokumen Membentuk tim kerja zona integritas','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',7,'kpu-uji-1-2024','L1.i.1','responsible','TIM A','TIM A','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',8,'kpu-uji-1-2024','L1.i.1','schedule',NULL,'3','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',9,'kpu-uji-1-2024','L1.i.2','area','MANAJEMEN PERUBAHAN','MANAJEMEN PERUBAHAN','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',10,'kpu-uji-1-2024','L1.i.2','component_no','i','i','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',11,'kpu-uji-1-2024','L1.i.2','component','Komponen i','Komponen i','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',12,'kpu-uji-1-2024','L1.i.2','indicator','Indikator Melaksanakan sosialisasi kode etik kepada pegawai','Indikator Melaksanakan sosialisasi kode etik kepada pegawai','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',13,'kpu-uji-1-2024','L1.i.2','action','Melaksanakan sosialisasi kode etik kepada pegawai','Melaksanakan sosialisasi kode etik kepada pegawai','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',14,'kpu-uji-1-2024','L1.i.2','evidence','Dokumen Melaksanakan sosialisasi kode etik kepada pegawai','Dokumen Melaksanakan sosialisasi kode etik kepada pegawai','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',15,'kpu-uji-1-2024','L1.i.2','responsible','TIM A','TIM A','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',16,'kpu-uji-1-2024','L1.i.2','schedule',NULL,'3','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',17,'kpu-uji-1-2024','L1.i.3','area','MANAJEMEN PERUBAHAN','MANAJEMEN PERUBAHAN','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',18,'kpu-uji-1-2024','L1.i.3','component_no','i','i','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',19,'kpu-uji-1-2024','L1.i.3','component','Komponen i','Komponen i','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',20,'kpu-uji-1-2024','L1.i.3','indicator','Indikator Menyusun laporan pengaduan masyarakat triwulanan','Indikator Menyusun laporan pengaduan masyarakat triwulanan','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',21,'kpu-uji-1-2024','L1.i.3','action','Menyusun laporan pengaduan masyarakat triwulanan','Menyusun laporan pengaduan masyarakat triwulanan','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',22,'kpu-uji-1-2024','L1.i.3','evidence','Dokumen Menyusun laporan pengaduan masyarakat triwulanan','Dokumen Menyusun laporan pengaduan masyarakat triwulanan','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',23,'kpu-uji-1-2024','L1.i.3','responsible','TIM A','TIM A','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',24,'kpu-uji-1-2024','L1.i.3','schedule',NULL,'3','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',25,'kpu-uji-1-2024','L1.i.4','area','MANAJEMEN PERUBAHAN','MANAJEMEN PERUBAHAN','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',26,'kpu-uji-1-2024','L1.i.4','component_no','i','i','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',27,'kpu-uji-1-2024','L1.i.4','component','Komponen i','Komponen i','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',28,'kpu-uji-1-2024','L1.i.4','indicator','Indikator Menetapkan standar operasional prosedur kearsipan','Indikator Menetapkan standar operasional prosedur kearsipan','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',29,'kpu-uji-1-2024','L1.i.4','action','Menetapkan standar operasional prosedur kearsipan','Menetapkan standar operasional prosedur kearsipan','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',30,'kpu-uji-1-2024','L1.i.4','evidence','Dokumen Menetapkan standar operasional prosedur kearsipan','Dokumen Menetapkan standar operasional prosedur kearsipan','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',31,'kpu-uji-1-2024','L1.i.4','responsible','TIM A','TIM A','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "fields" VALUES('kpu-uji-1-2024-5e031414e453',32,'kpu-uji-1-2024','L1.i.4','schedule',NULL,'3','read',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE findings (
	result_id TEXT NOT NULL, 
	row_no INTEGER NOT NULL, 
	decree_id TEXT NOT NULL, 
	n INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	severity TEXT NOT NULL, 
	origin TEXT NOT NULL, 
	action_id TEXT, 
	field TEXT, 
	raw TEXT, 
	value TEXT, 
	alternatives TEXT, 
	certainty TEXT NOT NULL, 
	rule TEXT NOT NULL, 
	page INTEGER, 
	x0 REAL, 
	top REAL, 
	x1 REAL, 
	bottom REAL, 
	line INTEGER, 
	cell INTEGER, 
	reader TEXT, 
	message_id TEXT NOT NULL, 
	message_en TEXT NOT NULL, 
	PRIMARY KEY (result_id, n), 
	FOREIGN KEY(result_id) REFERENCES decree (result_id), 
	FOREIGN KEY(result_id, action_id) REFERENCES actions (result_id, action_id)
)
 STRICT

;
INSERT INTO "findings" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',1,'kpu-contoh-8-10-2025',1,'schedule-unknown','review','reading','L1.i.3','schedule','?',NULL,'3 | 6','ambiguous','decode-marks',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Jadwalnya tidak terbaca.','Its schedule could not be read.');
CREATE TABLE lampiran_schema (
	version INTEGER NOT NULL, 
	program TEXT NOT NULL
)
 STRICT

;
INSERT INTO "lampiran_schema" VALUES(1,'0.1.0');
CREATE TABLE lke_coverage (
	result_id TEXT NOT NULL, 
	row_no INTEGER NOT NULL, 
	decree_id TEXT NOT NULL, 
	code TEXT NOT NULL, 
	level TEXT NOT NULL, 
	edition TEXT NOT NULL, 
	area_no INTEGER NOT NULL, 
	part TEXT NOT NULL, 
	component TEXT NOT NULL, 
	name TEXT NOT NULL, 
	weight REAL, 
	touched INTEGER, 
	action_ids TEXT, 
	PRIMARY KEY (result_id, code), 
	CHECK (touched IN (0, 1)), 
	FOREIGN KEY(result_id) REFERENCES decree (result_id)
)
 STRICT

;
CREATE TABLE schedule (
	result_id TEXT NOT NULL, 
	row_no INTEGER NOT NULL, 
	decree_id TEXT NOT NULL, 
	action_id TEXT NOT NULL, 
	period_type TEXT NOT NULL, 
	period INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	PRIMARY KEY (result_id, action_id, period_type, period), 
	FOREIGN KEY(result_id, action_id) REFERENCES actions (result_id, action_id)
)
 STRICT

;
INSERT INTO "schedule" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',1,'kpu-contoh-8-10-2025','L1.i.1','month',3,'planned');
INSERT INTO "schedule" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',2,'kpu-contoh-8-10-2025','L1.i.1','month',6,'planned');
INSERT INTO "schedule" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',3,'kpu-contoh-8-10-2025','L1.i.2','quarter',2,'planned');
INSERT INTO "schedule" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',4,'kpu-contoh-8-10-2025','L1.ii.1','month',5,'planned');
INSERT INTO "schedule" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',5,'kpu-contoh-8-10-2025','L1.ii.1','month',6,'covered');
INSERT INTO "schedule" VALUES('kpu-contoh-8-10-2025-3fc970fcbff3',6,'kpu-contoh-8-10-2025','L1.ii.2','semester',2,'planned');
INSERT INTO "schedule" VALUES('kpu-uji-1-2024-5e031414e453',1,'kpu-uji-1-2024','L1.i.1','month',3,'planned');
INSERT INTO "schedule" VALUES('kpu-uji-1-2024-5e031414e453',2,'kpu-uji-1-2024','L1.i.2','month',3,'planned');
INSERT INTO "schedule" VALUES('kpu-uji-1-2024-5e031414e453',3,'kpu-uji-1-2024','L1.i.3','month',3,'planned');
INSERT INTO "schedule" VALUES('kpu-uji-1-2024-5e031414e453',4,'kpu-uji-1-2024','L1.i.4','month',3,'planned');
CREATE INDEX ix_decree_decree_id ON decree (decree_id);
CREATE INDEX ix_decree_office_plan_year ON decree (office, plan_year);
CREATE INDEX ix_actions_responsible ON actions (responsible);
CREATE INDEX ix_changes_a_result_id ON changes (a_result_id);
CREATE INDEX ix_findings_severity ON findings (severity);
CREATE INDEX ix_findings_result_id_action_id ON findings (result_id, action_id);
CREATE INDEX ix_due_month_state ON due (month, state);
CREATE VIEW due_by_month AS SELECT d.result_id, d.decree_id, d.office, d.plan_year, u.month,
  count(CASE WHEN u.state = 'due' THEN 1 END) AS due,
  count(CASE WHEN u.state = 'perhaps' THEN 1 END) AS perhaps
FROM due u JOIN decree d ON d.result_id = u.result_id
WHERE d.counted
GROUP BY d.result_id, d.decree_id, d.office, d.plan_year, u.month;
CREATE VIEW load_by_team AS SELECT d.result_id, d.decree_id, d.office, d.plan_year, a.responsible AS team,
  count(*) AS actions,
  CAST(coalesce(sum(u.due), 0) AS BIGINT) AS due,
  CAST(coalesce(sum(u.perhaps), 0) AS BIGINT) AS perhaps,
  count(CASE WHEN a.needs_review THEN 1 END) AS waiting,
  count(CASE WHEN f.status IN ('uncertain', 'covered', 'missing') THEN 1 END) AS team_in_doubt
FROM actions a
JOIN decree d ON d.result_id = a.result_id
LEFT JOIN (
  SELECT result_id, action_id,
    count(CASE WHEN state = 'due' THEN 1 END) AS due, count(CASE WHEN state = 'perhaps' THEN 1 END) AS perhaps
  FROM due GROUP BY result_id, action_id
) u ON u.result_id = a.result_id AND u.action_id = a.action_id
LEFT JOIN fields f ON f.result_id = a.result_id AND f.action_id = a.action_id AND f.field = 'responsible'
WHERE d.counted
GROUP BY d.result_id, d.decree_id, d.office, d.plan_year, a.responsible;
CREATE VIEW waiting AS SELECT d.result_id, d.decree_id, d.office, d.plan_year, n.n, n.action_id, n.field, n.code, n.raw, n.alternatives,
  n.certainty, n.page, n.line, n.message_id, n.message_en, d.file
FROM findings n JOIN decree d ON d.result_id = n.result_id
WHERE d.counted AND n.severity = 'review';
CREATE VIEW coverage AS SELECT d.result_id, d.decree_id, d.office, d.plan_year, c.area_no, c.part,
  count(CASE WHEN c.level = 'component' AND c.touched THEN 1 END) AS components,
  count(CASE WHEN c.level = 'component' THEN 1 END) AS all_components,
  count(CASE WHEN c.level = 'question' AND c.touched THEN 1 END) AS questions,
  count(CASE WHEN c.level = 'question' AND c.touched IS NULL THEN 1 END) AS doubtful,
  count(CASE WHEN c.level = 'question' THEN 1 END) AS all_questions,
  CAST(round(CAST(coalesce(sum(CASE WHEN c.level = 'question' AND c.touched THEN c.weight END), 0) AS NUMERIC), 2) AS DOUBLE PRECISION) AS weight,
  CAST(round(CAST(coalesce(sum(CASE WHEN c.level = 'component' THEN c.weight END), 0) AS NUMERIC), 2) AS DOUBLE PRECISION) AS whole
FROM lke_coverage c JOIN decree d ON d.result_id = c.result_id
WHERE d.counted AND c.edition = '2021'
GROUP BY d.result_id, d.decree_id, d.office, d.plan_year, c.area_no, c.part;
CREATE VIEW changes_by_year AS SELECT c.a_result_id, c.result_id, c.a_decree_id, c.b_decree_id, d.office, p.plan_year AS a_year, d.plan_year AS b_year,
  count(CASE WHEN c.kinds = 'same' AND NOT c.in_doubt THEN 1 END) AS same,
  count(CASE WHEN c.kinds IN ('reworded', 'reworded;moved') AND NOT c.in_doubt THEN 1 END) AS reworded,
  count(CASE WHEN c.kinds IN ('moved', 'reworded;moved') AND NOT c.in_doubt THEN 1 END) AS moved,
  count(CASE WHEN c.kinds = 'new' AND NOT c.in_doubt THEN 1 END) AS new,
  count(CASE WHEN c.kinds = 'gone' AND NOT c.in_doubt THEN 1 END) AS gone,
  count(CASE WHEN c.kinds <> 'same' AND NOT c.in_doubt THEN 1 END) AS changed,
  count(CASE WHEN c.reading IS NOT NULL OR c.in_doubt THEN 1 END) AS reading,
  count(CASE WHEN c.unknown IS NOT NULL THEN 1 END) AS unknown
FROM changes c
JOIN decree p ON p.result_id = c.a_result_id
JOIN decree d ON d.result_id = c.result_id
WHERE c.level = 'action'
GROUP BY c.a_result_id, c.result_id, c.a_decree_id, c.b_decree_id, d.office, p.plan_year, d.plan_year;
COMMIT;
