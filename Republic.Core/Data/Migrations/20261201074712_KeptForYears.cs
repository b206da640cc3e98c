using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Republic.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class KeptForYears : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_task_comments_citizens_citizen_id",
                table: "task_comments");

            migrationBuilder.DropIndex(
                name: "ix_participants_unread",
                table: "participants");

            migrationBuilder.AlterColumn<Guid>(
                name: "citizen_id",
                table: "task_comments",
                type: "uuid",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.AddColumn<string>(
                name: "imported_figures",
                table: "minions",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "imported",
                table: "minion_versions",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "imported",
                table: "messages",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "held_until",
                table: "jobs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "holds",
                table: "jobs",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "account_exports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    file_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: true),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_exports", x => x.id);
                    table.ForeignKey(
                        name: "fk_account_exports_people_owner_id",
                        column: x => x.owner_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "account_imports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    file_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    contents = table.Column<string>(type: "jsonb", nullable: true),
                    selection = table.Column<string>(type: "jsonb", nullable: true),
                    progress = table.Column<string>(type: "jsonb", nullable: true),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_imports", x => x.id);
                    table.ForeignKey(
                        name: "fk_account_imports_people_owner_id",
                        column: x => x.owner_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "backup_runs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    file_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    checked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_backup_runs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "backup_schedules",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    is_on = table.Column<bool>(type: "boolean", nullable: false),
                    day = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    at = table.Column<TimeOnly>(type: "time without time zone", nullable: false),
                    time_zone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    keep = table.Column<int>(type: "integer", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    changed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_backup_schedules", x => x.id);
                    table.ForeignKey(
                        name: "fk_backup_schedules_people_changed_by",
                        column: x => x.changed_by,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateIndex(
                name: "ix_participants_unread",
                table: "participants",
                columns: new[] { "citizen_id", "conversation_id" },
                filter: "unread_since is not null");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_held_until",
                table: "jobs",
                column: "held_until",
                filter: "held_until is not null");

            migrationBuilder.CreateIndex(
                name: "ix_account_exports_expires_at",
                table: "account_exports",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_account_exports_owner_id_created_at",
                table: "account_exports",
                columns: new[] { "owner_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_account_imports_expires_at",
                table: "account_imports",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_account_imports_owner_id_created_at",
                table: "account_imports",
                columns: new[] { "owner_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_backup_runs_file_name",
                table: "backup_runs",
                column: "file_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_backup_runs_status_started_at",
                table: "backup_runs",
                columns: new[] { "status", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_backup_schedules_changed_by",
                table: "backup_schedules",
                column: "changed_by");

            migrationBuilder.AddForeignKey(
                name: "fk_task_comments_citizens_citizen_id",
                table: "task_comments",
                column: "citizen_id",
                principalTable: "citizens",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);

            // The month of what was said, so that a search within a time asks the index for it.
            migrationBuilder.Sql(
                """update message_words set words = words || array_to_tsvector(array['@' || to_char(said_at at time zone 'utc', 'YYYYMM')]);"""
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_task_comments_citizens_citizen_id",
                table: "task_comments");

            migrationBuilder.DropTable(
                name: "account_exports");

            migrationBuilder.DropTable(
                name: "account_imports");

            migrationBuilder.DropTable(
                name: "backup_runs");

            migrationBuilder.DropTable(
                name: "backup_schedules");

            migrationBuilder.DropIndex(
                name: "ix_participants_unread",
                table: "participants");

            migrationBuilder.DropIndex(
                name: "ix_jobs_held_until",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "imported_figures",
                table: "minions");

            migrationBuilder.DropColumn(
                name: "imported",
                table: "minion_versions");

            migrationBuilder.DropColumn(
                name: "imported",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "held_until",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "holds",
                table: "jobs");

            migrationBuilder.AlterColumn<Guid>(
                name: "citizen_id",
                table: "task_comments",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_participants_unread",
                table: "participants",
                column: "citizen_id",
                filter: "unread_since is not null");

            migrationBuilder.AddForeignKey(
                name: "fk_task_comments_citizens_citizen_id",
                table: "task_comments",
                column: "citizen_id",
                principalTable: "citizens",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
