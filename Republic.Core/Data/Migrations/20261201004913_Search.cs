using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using NpgsqlTypes;

#nullable disable

namespace Republic.Core.Data.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(RepublicDb))]
    [Migration("20261201004913_Search")]
    public class Search : Migration
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

            migrationBuilder.Sql(Unread);
            migrationBuilder.Sql(Fold);
        }

        /// <summary>What nobody has read so far.</summary>
        private const string Unread = """
            update participants p set unread_since = (
              select min(m.updated_at) from messages m
              where m.conversation_id = p.conversation_id and m.author_id <> p.citizen_id
                and m.state not in ('Pending', 'Streaming')
                and m.updated_at > coalesce(p.last_read_at, '-infinity'))
            from citizens reader where reader.id = p.citizen_id and reader.kind = 'Person';
            """;

        /// <summary>
        /// A text as it is searched: small letters, without accents and other signs above and below that a person may leave out, without what
        /// nobody sees, and with one sign for what is written in several. Vowel signs of Indic scripts stay, for words are others without them.
        /// </summary>
        private const string Fold = """
            do $do$
            begin
              if exists (select from pg_collation where collname = 'pg_c_utf8') then
                execute 'create function search_small(t text) returns text language sql immutable parallel safe
                  as ''select lower(t collate "pg_c_utf8")''';
              else -- PostgreSQL 16
                execute 'create function search_small(t text) returns text language sql immutable parallel safe as ''select lower(t)''';
              end if;
            end
            $do$;
            create function search_fold(t text) returns text language sql immutable parallel safe as $$
              select case when octet_length(t) = char_length(t) then lower(t) else
                translate(
                  replace(replace(replace(replace(
                    normalize(search_small(regexp_replace(normalize(t, NFKD),
                      '[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]',
                      '', 'g')), NFKC),
                    'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
                  'øđðłħŧıŋςىیکة', 'oddlhtinσييكه')
              end
            $$;
            """;

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop function search_fold(text); drop function search_small(text);");

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
