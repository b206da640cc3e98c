using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Republic.Core.Accounts;
using Republic.Core.Data;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Knowledge.Ingest;
using Republic.Core.Knowledge.Retrieval;
using Republic.Core.Knowledge.Vectors;

namespace Republic.Bench;

/// <summary>Republic's own database with a person in it, and the index as the app has it.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly EmbeddedPostgres postgres;
    private readonly DirectoryInfo folder;

    private Site(ServiceProvider services, EmbeddedPostgres postgres, DirectoryInfo folder) =>
        (this.services, this.postgres, this.folder) = (services, postgres, folder);

    public IDbContextFactory<RepublicDb> Databases => services.GetRequiredService<IDbContextFactory<RepublicDb>>();

    public VectorStore Store => new(Databases);

    public required Guid Owner { get; init; }

    public static async Task<Site> StartAsync()
    {
        var place = Directory.CreateTempSubdirectory("republic-bench-");
        var data = new DataFolder(place.FullName);
        var server = await EmbeddedPostgres.StartAsync(data, NullLogger<EmbeddedPostgres>.Instance, CancellationToken.None);
        var provider = new ServiceCollection().AddLogging().AddRepublicData(data, server.ConnectionString).BuildServiceProvider();
        await DataRegistration.MigrateAsync(provider, CancellationToken.None);
        var person = Person.New("bench@republic.example", "Bench", TimeProvider.System.GetUtcNow());
        var site = new Site(provider, server, place) { Owner = person.Id };
        await using var db = await site.Databases.CreateDbContextAsync();
        db.Add(person);
        await db.SaveChangesAsync();
        return site;
    }

    /// <summary>An index that has nothing in memory yet.</summary>
    public MemoryIndex NewIndex() => new(new VectorReader(Databases), Options.Create(new VectorOptions()));

    public async Task<Collection> NewCollectionAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        var collection = new Collection
        {
            OwnerId = Owner,
            Name = "Bench",
            CreatedAt = now,
            UpdatedAt = now,
        };
        await using var db = await Databases.CreateDbContextAsync();
        db.Add(collection);
        await db.SaveChangesAsync();
        return collection;
    }

    public (Document Document, List<Passage> Passages) NewDocument(Collection collection, string language, IEnumerable<string> texts)
    {
        var (id, now) = (Guid.CreateVersion7(), TimeProvider.System.GetUtcNow());
        var passages = texts
            .Select(
                (text, i) =>
                    new Passage
                    {
                        OwnerId = Owner,
                        CollectionId = collection.Id,
                        DocumentId = id,
                        Ordinal = i,
                        Start = 0,
                        Length = 1,
                        Text = text,
                        Hash = Passage.HashOf(null, text),
                        Bigrams = CjkBigrams.Indexed(null, text),
                        Language = language,
                    }
            )
            .ToList();
        var document = new Document
        {
            Id = id,
            OwnerId = Owner,
            CollectionId = collection.Id,
            Name = "bench.txt",
            Format = DocumentFormat.Text,
            Language = language,
            Bytes = 1,
            Sha256 = new string('0', 64),
            PassageCount = passages.Count,
            Revision = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        return (document, passages);
    }

    public async Task AddAsync(Document document, List<Passage> passages)
    {
        await using var db = await Databases.CreateDbContextAsync();
        db.Add(document);
        await db.SaveChangesAsync();
        await PassageWriter.AddAsync(db, passages, CancellationToken.None);
    }

    /// <summary>For collections without an embedding model, which ask no provider.</summary>
    public KnowledgeSearch NewSearch() =>
        new(new SearchScopes(Databases), new KeywordSearch(Databases), new SemanticSearch(null!, null!, NewIndex(), Databases), Databases);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await postgres.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
