using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Republic.Core.Data.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(RepublicDb))]
    [Migration("20261128170000_NullableSampling")]
    public class NullableSampling : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<double>(
                name: "top_p",
                table: "minions",
                type: "double precision",
                nullable: true,
                oldClrType: typeof(double),
                oldType: "double precision");

            migrationBuilder.AlterColumn<double>(
                name: "temperature",
                table: "minions",
                type: "double precision",
                nullable: true,
                oldClrType: typeof(double),
                oldType: "double precision");

            // Nobody chose these: every new minion had them.
            migrationBuilder.Sql(
                "update minions set temperature = null, top_p = null where provider = 'local' and model_id = 'sprout' and temperature = 0.7 and top_p = 0.9");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("update minions set temperature = coalesce(temperature, 0.7), top_p = coalesce(top_p, 0.9)");

            migrationBuilder.AlterColumn<double>(
                name: "top_p",
                table: "minions",
                type: "double precision",
                nullable: false,
                oldClrType: typeof(double),
                oldType: "double precision",
                oldNullable: true);

            migrationBuilder.AlterColumn<double>(
                name: "temperature",
                table: "minions",
                type: "double precision",
                nullable: false,
                oldClrType: typeof(double),
                oldType: "double precision",
                oldNullable: true);
        }
    }
}
