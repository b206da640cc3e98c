using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Republic.Core.Data.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(RepublicDb))]
    [Migration("20261125141234_Loop")]
    public class Loop : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "origin",
                table: "training_schedules",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "Datasets");

            migrationBuilder.AddColumn<string>(
                name: "origin",
                table: "training_jobs",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "Datasets");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "teaches_since",
                table: "participants",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<List<Guid>>(
                name: "dataset_ids",
                table: "minion_versions",
                type: "uuid[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<int>(
                name: "from_version",
                table: "minion_versions",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "learned_pairs",
                columns: table => new
                {
                    dataset_id = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    minion_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    memory_ids = table.Column<List<Guid>>(type: "uuid[]", nullable: false),
                    is_correction = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_learned_pairs", x => new { x.dataset_id, x.message_id });
                    table.ForeignKey(
                        name: "fk_learned_pairs_minions_minion_id",
                        column: x => x.minion_id,
                        principalTable: "minions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_learned_pairs_people_owner_id",
                        column: x => x.owner_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "learning_settings",
                columns: table => new
                {
                    minion_id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rules = table.Column<string>(type: "jsonb", nullable: false),
                    allows_memories = table.Column<bool>(type: "boolean", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_learning_settings", x => x.minion_id);
                    table.ForeignKey(
                        name: "fk_learning_settings_minions_minion_id",
                        column: x => x.minion_id,
                        principalTable: "minions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_learning_settings_people_owner_id",
                        column: x => x.owner_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "message_feedback",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    score = table.Column<double>(type: "double precision", nullable: true),
                    correction = table.Column<string>(type: "character varying(10000)", maxLength: 10000, nullable: true),
                    comment = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    experience_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_feedback", x => new { x.message_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_message_feedback_messages_message_id",
                        column: x => x.message_id,
                        principalTable: "messages",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_message_feedback_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_training_schedules_owner_id_minion_id",
                table: "training_schedules",
                columns: new[] { "owner_id", "minion_id" },
                unique: true,
                filter: "origin = 'Interactions'");

            migrationBuilder.CreateIndex(
                name: "ix_learned_pairs_conversation_id",
                table: "learned_pairs",
                column: "conversation_id");

            migrationBuilder.CreateIndex(
                name: "ix_learned_pairs_minion_id",
                table: "learned_pairs",
                column: "minion_id");

            migrationBuilder.CreateIndex(
                name: "ix_learned_pairs_owner_id",
                table: "learned_pairs",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_learning_settings_owner_id",
                table: "learning_settings",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_message_feedback_person_id_experience_at",
                table: "message_feedback",
                columns: new[] { "person_id", "experience_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "learned_pairs");

            migrationBuilder.DropTable(
                name: "learning_settings");

            migrationBuilder.DropTable(
                name: "message_feedback");

            migrationBuilder.DropIndex(
                name: "ix_training_schedules_owner_id_minion_id",
                table: "training_schedules");

            migrationBuilder.DropColumn(
                name: "origin",
                table: "training_schedules");

            migrationBuilder.DropColumn(
                name: "origin",
                table: "training_jobs");

            migrationBuilder.DropColumn(
                name: "teaches_since",
                table: "participants");

            migrationBuilder.DropColumn(
                name: "dataset_ids",
                table: "minion_versions");

            migrationBuilder.DropColumn(
                name: "from_version",
                table: "minion_versions");
        }
    }
}
