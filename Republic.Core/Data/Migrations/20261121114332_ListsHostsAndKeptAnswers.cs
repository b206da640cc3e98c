using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Republic.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class ListsHostsAndKeptAnswers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "allowed_hosts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    host = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    allowed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    allowed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_allowed_hosts", x => x.id);
                    table.ForeignKey(
                        name: "fk_allowed_hosts_people_allowed_by",
                        column: x => x.allowed_by,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "counted_batches",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    taken_in_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_counted_batches", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "kept_answers",
                columns: table => new
                {
                    caller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    claim = table.Column<Guid>(type: "uuid", nullable: false),
                    request_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    headers = table.Column<string>(type: "jsonb", nullable: true),
                    body = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kept_answers", x => new { x.caller_id, x.key });
                    table.ForeignKey(
                        name: "fk_kept_answers_people_owner_id",
                        column: x => x.owner_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "provider_lists",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    provider = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    base_url = table.Column<string>(type: "character varying(6000)", maxLength: 6000, nullable: true),
                    key_id = table.Column<Guid>(type: "uuid", nullable: true),
                    models = table.Column<string>(type: "jsonb", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    tried_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_provider_lists", x => x.id);
                    table.ForeignKey(
                        name: "fk_provider_lists_people_owner_id",
                        column: x => x.owner_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sync_visits",
                columns: table => new
                {
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sync_visits", x => x.owner_id);
                    table.ForeignKey(
                        name: "fk_sync_visits_people_owner_id",
                        column: x => x.owner_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_allowed_hosts_allowed_by",
                table: "allowed_hosts",
                column: "allowed_by");

            migrationBuilder.CreateIndex(
                name: "ix_allowed_hosts_host",
                table: "allowed_hosts",
                column: "host",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_kept_answers_owner_id",
                table: "kept_answers",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_kept_answers_until",
                table: "kept_answers",
                column: "until");

            migrationBuilder.CreateIndex(
                name: "ix_provider_lists_owner_id_provider",
                table: "provider_lists",
                columns: new[] { "owner_id", "provider" });

            migrationBuilder.CreateIndex(
                name: "ix_provider_lists_read_at",
                table: "provider_lists",
                column: "read_at");

            migrationBuilder.CreateIndex(
                name: "ix_sync_visits_due_at",
                table: "sync_visits",
                column: "due_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "allowed_hosts");

            migrationBuilder.DropTable(
                name: "counted_batches");

            migrationBuilder.DropTable(
                name: "kept_answers");

            migrationBuilder.DropTable(
                name: "provider_lists");

            migrationBuilder.DropTable(
                name: "sync_visits");
        }
    }
}
