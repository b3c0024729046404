-- Two PostgreSQL roles: the owner makes and changes tables (rukang db init, upgrades, rekey, restore),
-- the service only reads and writes rows, and can take nothing off the trail. Run as a superuser, with
-- psql -v database=rukang; give both their passwords with \password. tests/operate runs this very file.

SELECT format('CREATE ROLE %I LOGIN', name)
FROM (VALUES ('rukang_owner'), ('rukang_service')) AS wanted(name)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

ALTER DATABASE :"database" OWNER TO rukang_owner;
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE :"database" TO rukang_service;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO rukang_owner;
