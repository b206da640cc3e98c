using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;
using Republic.Core.Data;
using Republic.Core.Knowledge.Collections;

namespace Republic.Core.Knowledge;

internal sealed class KnowledgeTables
    : IEntityTypeConfiguration<Collection>,
        IEntityTypeConfiguration<Document>,
        IEntityTypeConfiguration<DocumentText>,
        IEntityTypeConfiguration<Passage>,
        IEntityTypeConfiguration<StoredVector>,
        IEntityTypeConfiguration<GoldenQuestion>,
        IEntityTypeConfiguration<RetrievalScore>
{
    public const int MaxName = 200;
    public const int MaxDescription = 2000;

    public void Configure(EntityTypeBuilder<Collection> collection)
    {
        collection.Property(c => c.Name).HasMaxLength(MaxName);
        collection.Property(c => c.Description).HasMaxLength(MaxDescription);
        collection.Property(c => c.Cutting).IsJson();
        collection.Property(c => c.Retrieval).IsJson();
        collection.Property(c => c.Embedding).IsJson();
        collection.HasOne<Person>().WithMany().HasForeignKey(c => c.OwnerId).OnDelete(DeleteBehavior.Cascade);
        collection.HasIndex(c => new { c.OwnerId, c.CreatedAt });
    }

    public void Configure(EntityTypeBuilder<Document> document)
    {
        document.Property(d => d.Name).HasMaxLength(MaxName);
        document.Property(d => d.Sha256).HasMaxLength(64).IsFixedLength();
        document.Property(d => d.Language).HasMaxLength(32);
        document.HasOne<Collection>().WithMany().HasForeignKey(d => d.CollectionId).OnDelete(DeleteBehavior.Cascade);
        document.HasIndex(d => new { d.CollectionId, d.CreatedAt });
        document.HasIndex(d => new { d.OwnerId, d.Sha256 });
    }

    public void Configure(EntityTypeBuilder<DocumentText> text)
    {
        text.ToTable("DocumentTexts");
        text.HasKey(t => t.DocumentId);
        text.HasOne<Document>().WithOne().HasForeignKey<DocumentText>(t => t.DocumentId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Passage> passage)
    {
        passage.ToTable("Passages");
        passage.Property(p => p.Language).HasMaxLength(32);
        passage.Property(p => p.Search).HasComputedColumnSql(SearchColumn.Sql, stored: true);
        passage.Ignore(p => p.Embedded);
        passage.HasOne<Document>().WithMany().HasForeignKey(p => p.DocumentId).OnDelete(DeleteBehavior.Cascade);
        passage.HasIndex(p => new { p.DocumentId, p.Ordinal });
        passage.HasIndex(p => p.CollectionId);
        passage.HasIndex(p => new { p.OwnerId, p.Hash });
        passage.HasIndex(p => p.Search).HasMethod("gin");
    }

    public void Configure(EntityTypeBuilder<StoredVector> vector)
    {
        vector.ToTable("StoredVectors");
        vector.Property(v => v.Model).HasMaxLength(600);
        vector.HasKey(v => new
        {
            v.OwnerId,
            v.Model,
            v.Hash,
        });
        vector.HasOne<Person>().WithMany().HasForeignKey(v => v.OwnerId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<GoldenQuestion> question)
    {
        question.ToTable("GoldenQuestions");
        question.HasOne<Collection>().WithMany().HasForeignKey(q => q.CollectionId).OnDelete(DeleteBehavior.Cascade);
        question.HasOne<Document>().WithMany().HasForeignKey(q => q.DocumentId).OnDelete(DeleteBehavior.Cascade);
        question.HasIndex(q => new { q.CollectionId, q.CreatedAt });
    }

    public void Configure(EntityTypeBuilder<RetrievalScore> score)
    {
        score.ToTable("RetrievalScores");
        score.Property(s => s.Reason).HasMaxLength(300);
        score.Property(s => s.Cutting).IsJson();
        score.Property(s => s.Retrieval).IsJson();
        score.Property(s => s.Embedding).IsJson();
        score.HasOne<Collection>().WithMany().HasForeignKey(s => s.CollectionId).OnDelete(DeleteBehavior.Cascade);
        score.HasIndex(s => new { s.CollectionId, s.CreatedAt });
    }
}
