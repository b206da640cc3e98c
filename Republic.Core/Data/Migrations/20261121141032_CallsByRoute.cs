using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Republic.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class CallsByRoute : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // What servers claimed and earlier versions believed: sums of it have no room.
            migrationBuilder.Sql(
                """
                update model_calls set input_tokens = null, output_tokens = null, cached_tokens = null, reasoning_tokens = null, cache_write_tokens = null
                where greatest(input_tokens, output_tokens, cached_tokens, reasoning_tokens, cache_write_tokens) > 20000000
                """);

            migrationBuilder.DropPrimaryKey(
                name: "pk_model_calls",
                table: "model_calls");

            migrationBuilder.DropIndex(
                name: "ix_model_calls_route_id",
                table: "model_calls");

            migrationBuilder.DropColumn(
                name: "id",
                table: "model_calls");

            migrationBuilder.AddPrimaryKey(
                name: "pk_model_calls",
                table: "model_calls",
                columns: new[] { "route_id", "hop" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "pk_model_calls",
                table: "model_calls");

            migrationBuilder.AddColumn<Guid>(
                name: "id",
                table: "model_calls",
                type: "uuid",
                nullable: false,
                defaultValueSql: "gen_random_uuid()");

            migrationBuilder.AddPrimaryKey(
                name: "pk_model_calls",
                table: "model_calls",
                column: "id");

            migrationBuilder.CreateIndex(
                name: "ix_model_calls_route_id",
                table: "model_calls",
                column: "route_id");
        }
    }
}
