using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Republic.Core.Data.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(RepublicDb))]
    [Migration("20261126215755_PersonalModelsServed")]
    public class PersonalModelsServed : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "context_length",
                table: "user_personal_models",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "keep_alive_minutes",
                table: "user_personal_models",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "pinned",
                table: "user_personal_models",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "quantized_from",
                table: "user_personal_models",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_user_personal_models_quantized_from",
                table: "user_personal_models",
                column: "quantized_from");

            migrationBuilder.AddForeignKey(
                name: "fk_user_personal_models_user_personal_models_quantized_from",
                table: "user_personal_models",
                column: "quantized_from",
                principalTable: "user_personal_models",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_user_personal_models_user_personal_models_quantized_from",
                table: "user_personal_models");

            migrationBuilder.DropIndex(
                name: "ix_user_personal_models_quantized_from",
                table: "user_personal_models");

            migrationBuilder.DropColumn(
                name: "context_length",
                table: "user_personal_models");

            migrationBuilder.DropColumn(
                name: "keep_alive_minutes",
                table: "user_personal_models");

            migrationBuilder.DropColumn(
                name: "pinned",
                table: "user_personal_models");

            migrationBuilder.DropColumn(
                name: "quantized_from",
                table: "user_personal_models");
        }
    }
}
