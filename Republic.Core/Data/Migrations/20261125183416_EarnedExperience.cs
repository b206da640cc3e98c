using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Republic.Core.Data.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(RepublicDb))]
    [Migration("20261125183416_EarnedExperience")]
    public class EarnedExperience : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_message_feedback_person_id_experience_at",
                table: "message_feedback");

            migrationBuilder.CreateIndex(
                name: "ix_message_feedback_experience_at",
                table: "message_feedback",
                column: "experience_at",
                filter: "experience_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_message_feedback_person_id",
                table: "message_feedback",
                column: "person_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_message_feedback_experience_at",
                table: "message_feedback");

            migrationBuilder.DropIndex(
                name: "ix_message_feedback_person_id",
                table: "message_feedback");

            migrationBuilder.CreateIndex(
                name: "ix_message_feedback_person_id_experience_at",
                table: "message_feedback",
                columns: new[] { "person_id", "experience_at" });
        }
    }
}
