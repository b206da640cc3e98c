using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Republic.Core.Data.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(RepublicDb))]
    [Migration("20261130195614_Tools")]
    public class Tools : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_task_attempts_task_id",
                table: "task_attempts");

            migrationBuilder.CreateTable(
                name: "tool_calls",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    minion_id = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: true),
                    attempt_id = table.Column<Guid>(type: "uuid", nullable: true),
                    step_id = table.Column<Guid>(type: "uuid", nullable: true),
                    round = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    offset = table.Column<int>(type: "integer", nullable: false),
                    call_id = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    tool = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    server_id = table.Column<Guid>(type: "uuid", nullable: true),
                    server = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    definition_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    arguments = table.Column<string>(type: "text", nullable: false),
                    edited_arguments = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    is_unasked = table.Column<bool>(type: "boolean", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    result = table.Column<string>(type: "text", nullable: true),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    began_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tool_calls", x => x.id);
                    table.ForeignKey(
                        name: "fk_tool_calls_messages_message_id",
                        column: x => x.message_id,
                        principalTable: "messages",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_tool_calls_minions_minion_id",
                        column: x => x.minion_id,
                        principalTable: "minions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_tool_calls_people_owner_id",
                        column: x => x.owner_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_tool_calls_steps_step_id",
                        column: x => x.step_id,
                        principalTable: "steps",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_tool_calls_task_attempts_attempt_id",
                        column: x => x.attempt_id,
                        principalTable: "task_attempts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tool_commands",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    description = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    command = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    arguments = table.Column<List<string>>(type: "text[]", nullable: false),
                    sealed_environment = table.Column<byte[]>(type: "bytea", nullable: true),
                    environment_names = table.Column<List<string>>(type: "text[]", nullable: false),
                    added_by = table.Column<Guid>(type: "uuid", nullable: true),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tool_commands", x => x.id);
                    table.ForeignKey(
                        name: "fk_tool_commands_people_added_by",
                        column: x => x.added_by,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "tool_servers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    url = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    command_id = table.Column<Guid>(type: "uuid", nullable: true),
                    sealed_headers = table.Column<byte[]>(type: "bytea", nullable: true),
                    header_names = table.Column<List<string>>(type: "text[]", nullable: false),
                    sealed_oauth = table.Column<byte[]>(type: "bytea", nullable: true),
                    needs_sign_in = table.Column<bool>(type: "boolean", nullable: false),
                    error = table.Column<string>(type: "text", nullable: true),
                    tools = table.Column<string>(type: "jsonb", nullable: false),
                    left_out = table.Column<int>(type: "integer", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tool_servers", x => x.id);
                    table.ForeignKey(
                        name: "fk_tool_servers_people_owner_id",
                        column: x => x.owner_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_tool_servers_tool_commands_command_id",
                        column: x => x.command_id,
                        principalTable: "tool_commands",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "minion_tools",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    minion_id = table.Column<Guid>(type: "uuid", nullable: false),
                    server_id = table.Column<Guid>(type: "uuid", nullable: true),
                    tool = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    allowed_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    is_always = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_minion_tools", x => x.id);
                    table.ForeignKey(
                        name: "fk_minion_tools_minions_minion_id",
                        column: x => x.minion_id,
                        principalTable: "minions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_minion_tools_people_owner_id",
                        column: x => x.owner_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_minion_tools_tool_servers_server_id",
                        column: x => x.server_id,
                        principalTable: "tool_servers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_task_attempts_state",
                table: "task_attempts",
                column: "state",
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_task_attempts_task_id",
                table: "task_attempts",
                column: "task_id",
                unique: true,
                filter: "state in ('Pending', 'Streaming', 'Waiting')");

            migrationBuilder.CreateIndex(
                name: "ix_steps_state",
                table: "steps",
                column: "state",
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_messages_state",
                table: "messages",
                column: "state",
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_minion_tools_minion_id_server_id_tool",
                table: "minion_tools",
                columns: new[] { "minion_id", "server_id", "tool" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_minion_tools_owner_id",
                table: "minion_tools",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_minion_tools_server_id",
                table: "minion_tools",
                column: "server_id");

            migrationBuilder.CreateIndex(
                name: "ix_tool_calls_asked_at",
                table: "tool_calls",
                column: "asked_at",
                filter: "status in ('Pending', 'Approved', 'Running')");

            migrationBuilder.CreateIndex(
                name: "ix_tool_calls_attempt_id_round_position",
                table: "tool_calls",
                columns: new[] { "attempt_id", "round", "position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tool_calls_message_id_round_position",
                table: "tool_calls",
                columns: new[] { "message_id", "round", "position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tool_calls_minion_id_asked_at",
                table: "tool_calls",
                columns: new[] { "minion_id", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_tool_calls_owner_id_id",
                table: "tool_calls",
                columns: new[] { "owner_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_tool_calls_step_id_round_position",
                table: "tool_calls",
                columns: new[] { "step_id", "round", "position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tool_commands_added_by",
                table: "tool_commands",
                column: "added_by");

            migrationBuilder.CreateIndex(
                name: "ix_tool_commands_name",
                table: "tool_commands",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tool_servers_command_id",
                table: "tool_servers",
                column: "command_id");

            migrationBuilder.CreateIndex(
                name: "ix_tool_servers_owner_id_name",
                table: "tool_servers",
                columns: new[] { "owner_id", "name" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "minion_tools");

            migrationBuilder.DropTable(
                name: "tool_calls");

            migrationBuilder.DropTable(
                name: "tool_servers");

            migrationBuilder.DropTable(
                name: "tool_commands");

            migrationBuilder.DropIndex(
                name: "ix_task_attempts_state",
                table: "task_attempts");

            migrationBuilder.DropIndex(
                name: "ix_task_attempts_task_id",
                table: "task_attempts");

            migrationBuilder.DropIndex(
                name: "ix_steps_state",
                table: "steps");

            migrationBuilder.DropIndex(
                name: "ix_messages_state",
                table: "messages");

            migrationBuilder.CreateIndex(
                name: "ix_task_attempts_task_id",
                table: "task_attempts",
                column: "task_id",
                unique: true,
                filter: "state in ('Pending', 'Streaming')");
        }
    }
}
