using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Republic.Core.Data.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(RepublicDb))]
    [Migration("20261124173619_SafeForOthers")]
    public class SafeForOthers : Migration
    {
        /// <summary>What was written stays as it was; only somebody who owns the database can get around it, and then the hashes tell.</summary>
        private const string AppendOnly = """
            create function refuse_change() returns trigger language plpgsql as $$
            begin
              raise exception 'The audit log is append-only.';
            end
            $$;
            create trigger audit_entries_append_only before update or delete or truncate on audit_entries
            for each statement execute function refuse_change();
            """;

        /// <summary>
        /// Gives people's names to the index that keeps them apart, which held e-mail addresses. Of several with one name the first keeps it.
        /// </summary>
        private const string Names = """
            do $$
            declare
              person record;
              free text;
              number int;
            begin
              update people set user_name = id::text, normalized_user_name = id::text;
              for person in select people.id, display_name from people join citizens using (id) order by people.id loop
                free := person.display_name;
                number := 1;
                while exists (select 1 from people where normalized_user_name = upper(normalize(free, NFC))) loop
                  number := number + 1;
                  free := left(person.display_name, 90) || ' ' || number;
                end loop;
                update people set user_name = free, normalized_user_name = upper(normalize(free, NFC)) where id = person.id;
                update citizens set display_name = free where id = person.id;
              end loop;
            end $$
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "email_hash",
                table: "failed_sign_ins",
                newName: "subject_hash");

            migrationBuilder.AddColumn<Guid>(
                name: "refresh_id",
                table: "sessions",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    action = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    subject = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    address = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_entries", x => x.number);
                });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_action_number",
                table: "audit_entries",
                columns: new[] { "action", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_person_id_number",
                table: "audit_entries",
                columns: new[] { "person_id", "number" });

            migrationBuilder.Sql(AppendOnly);
            migrationBuilder.Sql(Names);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("update people set user_name = email, normalized_user_name = normalized_email");
            migrationBuilder.DropTable(
                name: "audit_entries");
            migrationBuilder.Sql("drop function refuse_change()");

            migrationBuilder.DropColumn(
                name: "refresh_id",
                table: "sessions");

            migrationBuilder.RenameColumn(
                name: "subject_hash",
                table: "failed_sign_ins",
                newName: "email_hash");
        }
    }
}
