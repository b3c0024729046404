-- After every `rukang db init` and every upgrade, as rukang_owner.

SELECT format('GRANT USAGE ON SCHEMA %I TO rukang_service', nspname),
       format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO rukang_service', nspname),
       format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO rukang_service', nspname),
       format('GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA %I TO rukang_service', nspname)
FROM pg_namespace
WHERE nspowner = 'rukang_owner'::regrole OR nspname = 'public' \gexec

REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM rukang_service;
REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM rukang_service;
