using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Republic.Core.Data.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(RepublicDb))]
    [Migration("20261130120000_EpisodeMemories")]
    public class EpisodeMemories : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_capability_entries_citizen_id_source_type_source_id_round_i~",
                table: "capability_entries");

            migrationBuilder.AddColumn<Guid>(
                name: "episode_id",
                table: "memories",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "meta_data",
                table: "memories",
                type: "jsonb",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<bool>(
                name: "is_counted",
                table: "episodes",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "is_learned_from",
                table: "episodes",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "ix_memories_episode_id",
                table: "memories",
                column: "episode_id");

            migrationBuilder.CreateIndex(
                name: "ix_capability_entries_citizen_id_capability_id_source_id_round~",
                table: "capability_entries",
                columns: new[] { "citizen_id", "capability_id", "source_id", "round", "is_feedback" },
                unique: true,
                filter: "source_type = 'episode'");

            migrationBuilder.CreateIndex(
                name: "ix_capability_entries_citizen_id_source_type_source_id_round_i~",
                table: "capability_entries",
                columns: new[] { "citizen_id", "source_type", "source_id", "round", "is_feedback" },
                unique: true,
                filter: "source_type <> 'episode'");

            migrationBuilder.AddForeignKey(
                name: "fk_memories_episodes_episode_id",
                table: "memories",
                column: "episode_id",
                principalTable: "episodes",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                delete from jobs where kind = 'episode_memory';
                delete from memories where source = 'Episode';
                delete from capability_entries where source_type = 'episode';
                update capabilities set
                  success_count = (select count(*) from capability_entries e
                    where e.capability_id = capabilities.id and e.kind = 'Success' and e.struck_at is null),
                  failure_count = (select count(*) from capability_entries e
                    where e.capability_id = capabilities.id and e.kind = 'Failure' and e.struck_at is null);
                """);

            migrationBuilder.DropForeignKey(
                name: "fk_memories_episodes_episode_id",
                table: "memories");

            migrationBuilder.DropIndex(
                name: "ix_memories_episode_id",
                table: "memories");

            migrationBuilder.DropIndex(
                name: "ix_capability_entries_citizen_id_capability_id_source_id_round~",
                table: "capability_entries");

            migrationBuilder.DropIndex(
                name: "ix_capability_entries_citizen_id_source_type_source_id_round_i~",
                table: "capability_entries");

            migrationBuilder.DropColumn(
                name: "episode_id",
                table: "memories");

            migrationBuilder.DropColumn(
                name: "meta_data",
                table: "memories");

            migrationBuilder.DropColumn(
                name: "is_counted",
                table: "episodes");

            migrationBuilder.DropColumn(
                name: "is_learned_from",
                table: "episodes");

            migrationBuilder.CreateIndex(
                name: "ix_capability_entries_citizen_id_source_type_source_id_round_i~",
                table: "capability_entries",
                columns: new[] { "citizen_id", "source_type", "source_id", "round", "is_feedback" },
                unique: true);
        }
    }
}
