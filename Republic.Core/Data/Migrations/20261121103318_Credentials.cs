using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Republic.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class Credentials : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "reason",
                table: "model_calls",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "credential_id",
                table: "minions",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "credentials",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    provider = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    label = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    base_url = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    sealed_key = table.Column<byte[]>(type: "bytea", nullable: true),
                    key_hint = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    key_set_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    is_default = table.Column<bool>(type: "boolean", nullable: false),
                    shares_load = table.Column<bool>(type: "boolean", nullable: false),
                    is_shared = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_credentials", x => x.id);
                    table.ForeignKey(
                        name: "fk_credentials_people_owner_id",
                        column: x => x.owner_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_model_calls_key_id_started_at",
                table: "model_calls",
                columns: new[] { "key_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_minions_credential_id",
                table: "minions",
                column: "credential_id");

            migrationBuilder.CreateIndex(
                name: "ix_credentials_owner_id_provider",
                table: "credentials",
                columns: new[] { "owner_id", "provider" },
                unique: true,
                filter: "is_default");

            migrationBuilder.CreateIndex(
                name: "ix_credentials_owner_id_provider_label",
                table: "credentials",
                columns: new[] { "owner_id", "provider", "label" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_credentials_provider",
                table: "credentials",
                column: "provider",
                filter: "is_shared");

            migrationBuilder.AddForeignKey(
                name: "fk_minions_credentials_credential_id",
                table: "minions",
                column: "credential_id",
                principalTable: "credentials",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_minions_credentials_credential_id",
                table: "minions");

            migrationBuilder.DropTable(
                name: "credentials");

            migrationBuilder.DropIndex(
                name: "ix_model_calls_key_id_started_at",
                table: "model_calls");

            migrationBuilder.DropIndex(
                name: "ix_minions_credential_id",
                table: "minions");

            migrationBuilder.DropColumn(
                name: "reason",
                table: "model_calls");

            migrationBuilder.DropColumn(
                name: "credential_id",
                table: "minions");
        }
    }
}
