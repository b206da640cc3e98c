using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Republic.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class JudgeCalibrations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "judge_calibrations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    judge_id = table.Column<Guid>(type: "uuid", nullable: false),
                    training_job_id = table.Column<Guid>(type: "uuid", nullable: true),
                    seed = table.Column<long>(type: "bigint", nullable: false),
                    pairs = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    graded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_judge_calibrations", x => x.id);
                    table.ForeignKey(
                        name: "fk_judge_calibrations_minions_judge_id",
                        column: x => x.judge_id,
                        principalTable: "minions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_judge_calibrations_people_owner_id",
                        column: x => x.owner_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_judge_calibrations_training_jobs_training_job_id",
                        column: x => x.training_job_id,
                        principalTable: "training_jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateIndex(
                name: "ix_judge_calibrations_judge_id",
                table: "judge_calibrations",
                column: "judge_id");

            migrationBuilder.CreateIndex(
                name: "ix_judge_calibrations_owner_id_id",
                table: "judge_calibrations",
                columns: new[] { "owner_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_judge_calibrations_training_job_id",
                table: "judge_calibrations",
                column: "training_job_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "judge_calibrations");
        }
    }
}
