using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NpgsqlTypes;

#nullable disable

namespace Republic.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class Search : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "unread_since",
                table: "participants",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_indexed",
                table: "messages",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "deleted_at",
                table: "conversations",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_title_indexed",
                table: "conversations",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "message_words",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    said_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    words = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_words", x => x.id);
                    table.ForeignKey(
                        name: "fk_message_words_messages_id",
                        column: x => x.id,
                        principalTable: "messages",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "title_words",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    words = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_title_words", x => x.id);
                    table.ForeignKey(
                        name: "fk_title_words_conversations_id",
                        column: x => x.id,
                        principalTable: "conversations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_participants_unread",
                table: "participants",
                column: "citizen_id",
                filter: "unread_since is not null");

            migrationBuilder.CreateIndex(
                name: "ix_messages_conversation_id_updated_at",
                table: "messages",
                columns: new[] { "conversation_id", "updated_at" },
                filter: "state not in ('Pending', 'Streaming')");

            migrationBuilder.CreateIndex(
                name: "ix_messages_created_at",
                table: "messages",
                column: "created_at",
                filter: "not is_indexed and state not in ('Pending', 'Streaming', 'Waiting')");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_owner_id_deleted_at",
                table: "conversations",
                columns: new[] { "owner_id", "deleted_at" },
                filter: "deleted_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_updated_at",
                table: "conversations",
                column: "updated_at",
                filter: "title is not null and not is_title_indexed");

            migrationBuilder.CreateIndex(
                name: "ix_message_words_owner_id_said_at_id",
                table: "message_words",
                columns: new[] { "owner_id", "said_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_message_words_words",
                table: "message_words",
                column: "words")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:StorageParameter:fastupdate", false);

            migrationBuilder.CreateIndex(
                name: "ix_title_words_words",
                table: "title_words",
                column: "words")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:StorageParameter:fastupdate", false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "message_words");

            migrationBuilder.DropTable(
                name: "title_words");

            migrationBuilder.DropIndex(
                name: "ix_participants_unread",
                table: "participants");

            migrationBuilder.DropIndex(
                name: "ix_messages_conversation_id_updated_at",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "ix_messages_created_at",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "ix_conversations_owner_id_deleted_at",
                table: "conversations");

            migrationBuilder.DropIndex(
                name: "ix_conversations_updated_at",
                table: "conversations");

            migrationBuilder.DropColumn(
                name: "unread_since",
                table: "participants");

            migrationBuilder.DropColumn(
                name: "is_indexed",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "deleted_at",
                table: "conversations");

            migrationBuilder.DropColumn(
                name: "is_title_indexed",
                table: "conversations");
        }
    }
}
