using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Republic.Core.Data.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(RepublicDb))]
    [Migration("20261130093000_EpisodeCast")]
    public class EpisodeCast : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_agent_assignments_citizens_citizen_id",
                table: "agent_assignments");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                delete from agent_assignments where not exists (select 1 from citizens where citizens.id = agent_assignments.citizen_id);
                """);

            migrationBuilder.AddForeignKey(
                name: "fk_agent_assignments_citizens_citizen_id",
                table: "agent_assignments",
                column: "citizen_id",
                principalTable: "citizens",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
