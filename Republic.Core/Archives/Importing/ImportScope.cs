using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Archives.Importing.Reading;
using Republic.Core.Data;

namespace Republic.Core.Archives.Importing;

/// <summary>What things of an archive are added with.</summary>
/// <param name="Person">To whom they belong from then on.</param>
/// <param name="Services">Each thing is added with editors of its own.</param>
/// <param name="Notes">Told of what came in another form.</param>
internal sealed record ImportScope(
    Guid Person,
    ArchiveReader Archive,
    ImportSelection Selection,
    IServiceScopeFactory Services,
    Action<ImportNote> Notes
)
{
    /// <summary>The id that a thing gets here.</summary>
    public Guid IdOf(Guid original) => ArchivedId.Of(Person, original);

    public Guid? IdOf(Guid? original) => original is { } id ? IdOf(id) : null;

    public void Note(string kind, string name, Guid? id, string reason, string message) =>
        Notes(new ImportNote(kind, name, id, reason, message, WasAdded: true));

    /// <summary>Uses a service, and the database that it shares, for one thing.</summary>
    public async Task<T> WithAsync<TService, T>(Func<TService, RepublicDb, Task<T>> use)
        where TService : notnull
    {
        await using var services = Services.CreateAsyncScope();
        var service = services.ServiceProvider.GetRequiredService<TService>();
        return await use(service, services.ServiceProvider.GetRequiredService<RepublicDb>());
    }

    public async Task<T> WithDbAsync<T>(Func<RepublicDb, Task<T>> use)
    {
        await using var services = Services.CreateAsyncScope();
        return await use(services.ServiceProvider.GetRequiredService<RepublicDb>());
    }

    /// <summary>Which of these rows are here, whoever made them.</summary>
    public Task<List<Guid>> ExistingAsync(Func<RepublicDb, IQueryable<Guid>> rows, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        WithDbAsync(db => rows(db).Where(id => ids.Contains(id)).ToListAsync(ct));
}
