using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Republic.Core.Data.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(RepublicDb))]
    [Migration("20261124205218_Figures")]
    public class Figures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_judged",
                table: "model_calls",
                type: "boolean",
                nullable: false,
                computedColumnSql: "outcome not in ('Cancelled', 'Cached') and purpose <> 'Draft' and coalesce(error, '') not in ('BadRequest', 'ContextTooLong')",
                stored: true);

            migrationBuilder.CreateTable(
                name: "answer_days",
                columns: table => new
                {
                    minion_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    provider = table.Column<string>(type: "text", nullable: false),
                    answers = table.Column<long>(type: "bigint", nullable: false),
                    completed = table.Column<long>(type: "bigint", nullable: false),
                    outside = table.Column<long>(type: "bigint", nullable: false),
                    outside_completed = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_answer_days", x => new { x.minion_id, x.day, x.provider });
                    table.ForeignKey(
                        name: "fk_answer_days_minions_minion_id",
                        column: x => x.minion_id,
                        principalTable: "minions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            // What is still known of answers before: those in chats that are there, and those to outside clients by their calls.
            migrationBuilder.Sql(
                """
                insert into answer_days (minion_id, day, provider, answers, completed, outside, outside_completed)
                select id, day, provider, count(*), count(*) filter (where completed), count(*) filter (where outside),
                  count(*) filter (where completed and outside)
                from (
                  select minions.id, (said.created_at at time zone 'UTC')::date as day, coalesce(said.provider, minions.provider) as provider,
                    said.state = 'Complete' as completed, false as outside
                  from messages said join minions on minions.id = said.author_id
                  where said.state not in ('Pending', 'Streaming')
                  union all
                  select minions.id, last.day, last.provider, last.completed, true
                  from (
                    select distinct on (route_id) minion_id, (started_at at time zone 'UTC')::date as day, provider,
                      outcome in ('Answered', 'Cached') as completed
                    from model_calls
                    where purpose = 'Outside' and coalesce(error, '') not in ('BadRequest', 'ContextTooLong')
                    order by route_id, hop desc
                  ) last join minions on minions.id = last.minion_id
                ) known
                group by id, day, provider
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "answer_days");

            migrationBuilder.DropColumn(
                name: "is_judged",
                table: "model_calls");
        }
    }
}
