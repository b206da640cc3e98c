using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Republic.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class MinionVersionOrigins : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "model_id",
                table: "minion_versions",
                type: "character varying(300)",
                maxLength: 300,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "provider",
                table: "minion_versions",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "system_prompt",
                table: "minion_versions",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "minion_version",
                table: "messages",
                type: "integer",
                nullable: true);

            // What earlier versions were made of is known from their runs; where a run was deleted, the minion as it is now is the best guess.
            migrationBuilder.Sql("""
                update minion_versions v set provider = m.provider, model_id = m.model_id, system_prompt = m.system_prompt
                from minions m where m.id = v.minion_id;
                update minion_versions v set
                    provider = j.provider, model_id = j.model_name, system_prompt = j.before ->> 'instructions'
                from training_jobs j where j.id = v.training_job_id and j.before is not null;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "model_id",
                table: "minion_versions");

            migrationBuilder.DropColumn(
                name: "provider",
                table: "minion_versions");

            migrationBuilder.DropColumn(
                name: "system_prompt",
                table: "minion_versions");

            migrationBuilder.DropColumn(
                name: "minion_version",
                table: "messages");
        }
    }
}
