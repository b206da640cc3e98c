using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Republic.Core.Data.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(RepublicDb))]
    [Migration("20261129180907_Turns")]
    public class Turns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_task_attempts_task_id",
                table: "task_attempts");

            migrationBuilder.DropPrimaryKey(
                name: "pk_comparison_answers",
                table: "comparison_answers");

            migrationBuilder.AddColumn<double>(
                name: "duration_ms",
                table: "task_attempts",
                type: "double precision",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "finish_reason",
                table: "task_attempts",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "first_token_ms",
                table: "task_attempts",
                type: "double precision",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "generation_ms",
                table: "task_attempts",
                type: "double precision",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_question",
                table: "task_attempts",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "minion_version",
                table: "task_attempts",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "omitted_messages",
                table: "task_attempts",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "updated_at",
                table: "task_attempts",
                type: "timestamp with time zone",
                nullable: false,
                defaultValueSql: "now()");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ended_at",
                table: "messages",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "phase",
                table: "messages",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "started_at",
                table: "messages",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AlterColumn<decimal>(
                name: "cost",
                table: "comparison_answers",
                type: "numeric(18,9)",
                precision: 18,
                scale: 9,
                nullable: true,
                oldClrType: typeof(decimal),
                oldType: "numeric",
                oldNullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "id",
                table: "comparison_answers",
                type: "uuid",
                nullable: false,
                defaultValueSql: "gen_random_uuid()");

            migrationBuilder.AddColumn<string>(
                name: "finish_reason",
                table: "comparison_answers",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "generation_ms",
                table: "comparison_answers",
                type: "double precision",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "minion_version",
                table: "comparison_answers",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "omitted_messages",
                table: "comparison_answers",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "phase",
                table: "comparison_answers",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "route",
                table: "comparison_answers",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "trace",
                table: "comparison_answers",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "updated_at",
                table: "comparison_answers",
                type: "timestamp with time zone",
                nullable: false,
                defaultValueSql: "now()");

            // The columns of a turn are filled by the program, as in the other tables.
            migrationBuilder.Sql(
                """
                alter table comparison_answers alter column id drop default, alter column updated_at drop default;
                alter table task_attempts alter column updated_at drop default;
                update task_attempts set is_question = state = 'Waiting', updated_at = coalesce(ended_at, started_at, created_at),
                  state = case state when 'Working' then 'Streaming' when 'HandedIn' then 'Complete' when 'Waiting' then 'Complete' else state end;
                """);

            migrationBuilder.AddPrimaryKey(
                name: "pk_comparison_answers",
                table: "comparison_answers",
                column: "id");

            migrationBuilder.CreateTable(
                name: "comparison_answer_pieces",
                columns: table => new
                {
                    turn_id = table.Column<Guid>(type: "uuid", nullable: false),
                    offset = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_comparison_answer_pieces", x => new { x.turn_id, x.offset });
                    table.ForeignKey(
                        name: "fk_comparison_answer_pieces_comparison_answers_turn_id",
                        column: x => x.turn_id,
                        principalTable: "comparison_answers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "message_pieces",
                columns: table => new
                {
                    turn_id = table.Column<Guid>(type: "uuid", nullable: false),
                    offset = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_pieces", x => new { x.turn_id, x.offset });
                    table.ForeignKey(
                        name: "fk_message_pieces_messages_turn_id",
                        column: x => x.turn_id,
                        principalTable: "messages",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "task_attempt_pieces",
                columns: table => new
                {
                    turn_id = table.Column<Guid>(type: "uuid", nullable: false),
                    offset = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_task_attempt_pieces", x => new { x.turn_id, x.offset });
                    table.ForeignKey(
                        name: "fk_task_attempt_pieces_task_attempts_turn_id",
                        column: x => x.turn_id,
                        principalTable: "task_attempts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_task_attempts_task_id",
                table: "task_attempts",
                column: "task_id",
                unique: true,
                filter: "state in ('Pending', 'Streaming')");

            migrationBuilder.CreateIndex(
                name: "ix_comparison_answers_comparison_id_position",
                table: "comparison_answers",
                columns: new[] { "comparison_id", "position" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                update task_attempts set state = case when state = 'Streaming' then 'Working' when state = 'Interrupted' then 'Failed'
                  when state = 'Complete' and is_question then 'Waiting' when state = 'Complete' then 'HandedIn' else state end;
                update comparison_answers set state = 'Failed' where state in ('Stopped', 'Interrupted');
                """);

            migrationBuilder.DropTable(
                name: "comparison_answer_pieces");

            migrationBuilder.DropTable(
                name: "message_pieces");

            migrationBuilder.DropTable(
                name: "task_attempt_pieces");

            migrationBuilder.DropIndex(
                name: "ix_task_attempts_task_id",
                table: "task_attempts");

            migrationBuilder.DropPrimaryKey(
                name: "pk_comparison_answers",
                table: "comparison_answers");

            migrationBuilder.DropIndex(
                name: "ix_comparison_answers_comparison_id_position",
                table: "comparison_answers");

            migrationBuilder.DropColumn(
                name: "duration_ms",
                table: "task_attempts");

            migrationBuilder.DropColumn(
                name: "finish_reason",
                table: "task_attempts");

            migrationBuilder.DropColumn(
                name: "first_token_ms",
                table: "task_attempts");

            migrationBuilder.DropColumn(
                name: "generation_ms",
                table: "task_attempts");

            migrationBuilder.DropColumn(
                name: "is_question",
                table: "task_attempts");

            migrationBuilder.DropColumn(
                name: "minion_version",
                table: "task_attempts");

            migrationBuilder.DropColumn(
                name: "omitted_messages",
                table: "task_attempts");

            migrationBuilder.DropColumn(
                name: "updated_at",
                table: "task_attempts");

            migrationBuilder.DropColumn(
                name: "ended_at",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "phase",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "started_at",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "id",
                table: "comparison_answers");

            migrationBuilder.DropColumn(
                name: "finish_reason",
                table: "comparison_answers");

            migrationBuilder.DropColumn(
                name: "generation_ms",
                table: "comparison_answers");

            migrationBuilder.DropColumn(
                name: "minion_version",
                table: "comparison_answers");

            migrationBuilder.DropColumn(
                name: "omitted_messages",
                table: "comparison_answers");

            migrationBuilder.DropColumn(
                name: "phase",
                table: "comparison_answers");

            migrationBuilder.DropColumn(
                name: "route",
                table: "comparison_answers");

            migrationBuilder.DropColumn(
                name: "trace",
                table: "comparison_answers");

            migrationBuilder.DropColumn(
                name: "updated_at",
                table: "comparison_answers");

            migrationBuilder.AlterColumn<decimal>(
                name: "cost",
                table: "comparison_answers",
                type: "numeric",
                nullable: true,
                oldClrType: typeof(decimal),
                oldType: "numeric(18,9)",
                oldPrecision: 18,
                oldScale: 9,
                oldNullable: true);

            migrationBuilder.AddPrimaryKey(
                name: "pk_comparison_answers",
                table: "comparison_answers",
                columns: new[] { "comparison_id", "position" });

            migrationBuilder.CreateIndex(
                name: "ix_task_attempts_task_id",
                table: "task_attempts",
                column: "task_id",
                unique: true,
                filter: "state in ('Pending', 'Working')");
        }
    }
}
