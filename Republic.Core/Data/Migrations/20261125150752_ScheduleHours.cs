using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Republic.Core.Data.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(RepublicDb))]
    [Migration("20261125150752_ScheduleHours")]
    public class ScheduleHours : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "work_ends_at",
                table: "training_schedules",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "work_id",
                table: "training_schedules",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_training_schedules_work_ends_at",
                table: "training_schedules",
                column: "work_ends_at",
                filter: "work_ends_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_training_schedules_work_id",
                table: "training_schedules",
                column: "work_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_training_schedules_work_ends_at",
                table: "training_schedules");

            migrationBuilder.DropIndex(
                name: "ix_training_schedules_work_id",
                table: "training_schedules");

            migrationBuilder.DropColumn(
                name: "work_ends_at",
                table: "training_schedules");

            migrationBuilder.DropColumn(
                name: "work_id",
                table: "training_schedules");
        }
    }
}
