using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using NpgsqlTypes;

#nullable disable

namespace Republic.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class Knowledge : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<List<Guid>>(
                name: "collection_ids",
                table: "training_jobs",
                type: "uuid[]",
                nullable: false,
                defaultValueSql: "'{}'::uuid[]");

            migrationBuilder.AddColumn<string>(
                name: "pipeline",
                table: "minions",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'{}'::jsonb");

            migrationBuilder.AddColumn<string>(
                name: "style_adapter",
                table: "minions",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "style_model",
                table: "minions",
                type: "character varying(300)",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<List<Guid>>(
                name: "collection_ids",
                table: "minion_versions",
                type: "uuid[]",
                nullable: false,
                defaultValueSql: "'{}'::uuid[]");

            migrationBuilder.AddColumn<string>(
                name: "style_adapter",
                table: "minion_versions",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "style_model",
                table: "minion_versions",
                type: "character varying(300)",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "trace",
                table: "messages",
                type: "jsonb",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "collections",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    description = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    cutting = table.Column<string>(type: "jsonb", nullable: false),
                    retrieval = table.Column<string>(type: "jsonb", nullable: false),
                    embedding = table.Column<string>(type: "jsonb", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_collections", x => x.id);
                    table.ForeignKey(
                        name: "fk_collections_people_owner_id",
                        column: x => x.owner_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "memories",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    minion_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    importance = table.Column<double>(type: "double precision", nullable: false),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    source = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: true),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    superseded_by = table.Column<Guid>(type: "uuid", nullable: true),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    access_count = table.Column<int>(type: "integer", nullable: false),
                    last_accessed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_memories", x => x.id);
                    table.ForeignKey(
                        name: "fk_memories_minions_minion_id",
                        column: x => x.minion_id,
                        principalTable: "minions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_memories_people_owner_id",
                        column: x => x.owner_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "memory_settings",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_on = table.Column<bool>(type: "boolean", nullable: false),
                    proposes = table.Column<bool>(type: "boolean", nullable: false),
                    embedding = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_memory_settings", x => x.person_id);
                    table.ForeignKey(
                        name: "fk_memory_settings_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "stored_vectors",
                columns: table => new
                {
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    model = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    values = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stored_vectors", x => new { x.owner_id, x.model, x.hash });
                    table.ForeignKey(
                        name: "fk_stored_vectors_people_owner_id",
                        column: x => x.owner_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "collection_links",
                columns: table => new
                {
                    minion_id = table.Column<Guid>(type: "uuid", nullable: false),
                    collection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    answers_outside = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_collection_links", x => new { x.minion_id, x.collection_id });
                    table.ForeignKey(
                        name: "fk_collection_links_collections_collection_id",
                        column: x => x.collection_id,
                        principalTable: "collections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_collection_links_minions_minion_id",
                        column: x => x.minion_id,
                        principalTable: "minions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "documents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    collection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    format = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<string>(type: "character(64)", fixedLength: true, maxLength: 64, nullable: false),
                    language = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    pages = table.Column<int>(type: "integer", nullable: true),
                    characters = table.Column<int>(type: "integer", nullable: false),
                    passage_count = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_documents", x => x.id);
                    table.ForeignKey(
                        name: "fk_documents_collections_collection_id",
                        column: x => x.collection_id,
                        principalTable: "collections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "retrieval_scores",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    collection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    cutting = table.Column<string>(type: "jsonb", nullable: false),
                    retrieval = table.Column<string>(type: "jsonb", nullable: false),
                    embedding = table.Column<string>(type: "jsonb", nullable: true),
                    questions = table.Column<int>(type: "integer", nullable: false),
                    hit_at1 = table.Column<double>(type: "double precision", nullable: false),
                    hit_at3 = table.Column<double>(type: "double precision", nullable: false),
                    hit_at5 = table.Column<double>(type: "double precision", nullable: false),
                    hit_at10 = table.Column<double>(type: "double precision", nullable: false),
                    mrr = table.Column<double>(type: "double precision", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_retrieval_scores", x => x.id);
                    table.ForeignKey(
                        name: "fk_retrieval_scores_collections_collection_id",
                        column: x => x.collection_id,
                        principalTable: "collections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "memory_conflicts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    older_id = table.Column<Guid>(type: "uuid", nullable: false),
                    newer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_memory_conflicts", x => x.id);
                    table.ForeignKey(
                        name: "fk_memory_conflicts_memories_newer_id",
                        column: x => x.newer_id,
                        principalTable: "memories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_memory_conflicts_memories_older_id",
                        column: x => x.older_id,
                        principalTable: "memories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "document_texts",
                columns: table => new
                {
                    document_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_document_texts", x => x.document_id);
                    table.ForeignKey(
                        name: "fk_document_texts_documents_document_id",
                        column: x => x.document_id,
                        principalTable: "documents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "golden_questions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    collection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    answer = table.Column<string>(type: "text", nullable: true),
                    document_id = table.Column<Guid>(type: "uuid", nullable: false),
                    start = table.Column<int>(type: "integer", nullable: false),
                    length = table.Column<int>(type: "integer", nullable: false),
                    drafted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_golden_questions", x => x.id);
                    table.ForeignKey(
                        name: "fk_golden_questions_collections_collection_id",
                        column: x => x.collection_id,
                        principalTable: "collections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_golden_questions_documents_document_id",
                        column: x => x.document_id,
                        principalTable: "documents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "passages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    collection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    document_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    start = table.Column<int>(type: "integer", nullable: false),
                    length = table.Column<int>(type: "integer", nullable: false),
                    heading = table.Column<string>(type: "text", nullable: true),
                    page = table.Column<int>(type: "integer", nullable: true),
                    text = table.Column<string>(type: "text", nullable: false),
                    is_edited = table.Column<bool>(type: "boolean", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    language = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    search = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: false, computedColumnSql: "case language when 'danish' then setweight(to_tsvector('danish', coalesce(heading, '')), 'A') || setweight(to_tsvector('danish', text), 'B') when 'dutch' then setweight(to_tsvector('dutch', coalesce(heading, '')), 'A') || setweight(to_tsvector('dutch', text), 'B') when 'english' then setweight(to_tsvector('english', coalesce(heading, '')), 'A') || setweight(to_tsvector('english', text), 'B') when 'finnish' then setweight(to_tsvector('finnish', coalesce(heading, '')), 'A') || setweight(to_tsvector('finnish', text), 'B') when 'french' then setweight(to_tsvector('french', coalesce(heading, '')), 'A') || setweight(to_tsvector('french', text), 'B') when 'german' then setweight(to_tsvector('german', coalesce(heading, '')), 'A') || setweight(to_tsvector('german', text), 'B') when 'italian' then setweight(to_tsvector('italian', coalesce(heading, '')), 'A') || setweight(to_tsvector('italian', text), 'B') when 'norwegian' then setweight(to_tsvector('norwegian', coalesce(heading, '')), 'A') || setweight(to_tsvector('norwegian', text), 'B') when 'portuguese' then setweight(to_tsvector('portuguese', coalesce(heading, '')), 'A') || setweight(to_tsvector('portuguese', text), 'B') when 'romanian' then setweight(to_tsvector('romanian', coalesce(heading, '')), 'A') || setweight(to_tsvector('romanian', text), 'B') when 'russian' then setweight(to_tsvector('russian', coalesce(heading, '')), 'A') || setweight(to_tsvector('russian', text), 'B') when 'spanish' then setweight(to_tsvector('spanish', coalesce(heading, '')), 'A') || setweight(to_tsvector('spanish', text), 'B') when 'swedish' then setweight(to_tsvector('swedish', coalesce(heading, '')), 'A') || setweight(to_tsvector('swedish', text), 'B') when 'turkish' then setweight(to_tsvector('turkish', coalesce(heading, '')), 'A') || setweight(to_tsvector('turkish', text), 'B') else setweight(to_tsvector('simple', coalesce(heading, '')), 'A') || setweight(to_tsvector('simple', text), 'B') end", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_passages", x => x.id);
                    table.ForeignKey(
                        name: "fk_passages_documents_document_id",
                        column: x => x.document_id,
                        principalTable: "documents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_collection_links_collection_id",
                table: "collection_links",
                column: "collection_id");

            migrationBuilder.CreateIndex(
                name: "ix_collections_owner_id_created_at",
                table: "collections",
                columns: new[] { "owner_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_documents_collection_id_created_at",
                table: "documents",
                columns: new[] { "collection_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_documents_owner_id_sha256",
                table: "documents",
                columns: new[] { "owner_id", "sha256" });

            migrationBuilder.CreateIndex(
                name: "ix_golden_questions_collection_id_created_at",
                table: "golden_questions",
                columns: new[] { "collection_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_golden_questions_document_id",
                table: "golden_questions",
                column: "document_id");

            migrationBuilder.CreateIndex(
                name: "ix_memories_message_id",
                table: "memories",
                column: "message_id");

            migrationBuilder.CreateIndex(
                name: "ix_memories_minion_id",
                table: "memories",
                column: "minion_id");

            migrationBuilder.CreateIndex(
                name: "ix_memories_owner_id_hash",
                table: "memories",
                columns: new[] { "owner_id", "hash" });

            migrationBuilder.CreateIndex(
                name: "ix_memories_owner_id_minion_id_status",
                table: "memories",
                columns: new[] { "owner_id", "minion_id", "status" });

            migrationBuilder.CreateIndex(
                name: "ix_memory_conflicts_newer_id",
                table: "memory_conflicts",
                column: "newer_id");

            migrationBuilder.CreateIndex(
                name: "ix_memory_conflicts_older_id_newer_id",
                table: "memory_conflicts",
                columns: new[] { "older_id", "newer_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_memory_conflicts_owner_id",
                table: "memory_conflicts",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_passages_collection_id",
                table: "passages",
                column: "collection_id");

            migrationBuilder.CreateIndex(
                name: "ix_passages_document_id_ordinal",
                table: "passages",
                columns: new[] { "document_id", "ordinal" });

            migrationBuilder.CreateIndex(
                name: "ix_passages_owner_id_hash",
                table: "passages",
                columns: new[] { "owner_id", "hash" });

            migrationBuilder.CreateIndex(
                name: "ix_passages_search",
                table: "passages",
                column: "search")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_retrieval_scores_collection_id_created_at",
                table: "retrieval_scores",
                columns: new[] { "collection_id", "created_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "collection_links");

            migrationBuilder.DropTable(
                name: "document_texts");

            migrationBuilder.DropTable(
                name: "golden_questions");

            migrationBuilder.DropTable(
                name: "memory_conflicts");

            migrationBuilder.DropTable(
                name: "memory_settings");

            migrationBuilder.DropTable(
                name: "passages");

            migrationBuilder.DropTable(
                name: "retrieval_scores");

            migrationBuilder.DropTable(
                name: "stored_vectors");

            migrationBuilder.DropTable(
                name: "memories");

            migrationBuilder.DropTable(
                name: "documents");

            migrationBuilder.DropTable(
                name: "collections");

            migrationBuilder.DropColumn(
                name: "collection_ids",
                table: "training_jobs");

            migrationBuilder.DropColumn(
                name: "pipeline",
                table: "minions");

            migrationBuilder.DropColumn(
                name: "style_adapter",
                table: "minions");

            migrationBuilder.DropColumn(
                name: "style_model",
                table: "minions");

            migrationBuilder.DropColumn(
                name: "collection_ids",
                table: "minion_versions");

            migrationBuilder.DropColumn(
                name: "style_adapter",
                table: "minion_versions");

            migrationBuilder.DropColumn(
                name: "style_model",
                table: "minion_versions");

            migrationBuilder.DropColumn(
                name: "trace",
                table: "messages");
        }
    }
}
