using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Llama.Files;
using Republic.Core.PersonalModels.Storage;

namespace Republic.Core.PersonalModels;

/// <summary>Finds the file of a model that runs here, by the name that a person has for it: their own, or one that is everybody's.</summary>
public sealed class ModelFinder(IDbContextFactory<RepublicDb> databases, ModelFiles files, SharedModels shared)
{
    /// <exception cref="FileNotFoundException">There is none; the message says what there is, and not where.</exception>
    public string PathOf(Guid owner, string name) => Find(owner, name).Path;

    /// <summary>It belongs to the person, and is in no folder that is everybody's.</summary>
    public bool IsOwn(Guid owner, string name)
    {
        using var db = databases.CreateDbContext();
        return db.PersonalModels.OwnedBy(owner).Any(m => m.Name == name);
    }

    /// <summary>Those that write answers, the person's own first.</summary>
    public IReadOnlyList<string> NamesOf(Guid owner)
    {
        using var db = databases.CreateDbContext();
        var own = db.PersonalModels.OwnedBy(owner).Installed().Select(m => m.Name).Order().ToList();
        return [.. own, .. shared.ForAnswers().Select(file => file.Id)];
    }

    /// <exception cref="FileNotFoundException">There is none; the message says what there is, and not where.</exception>
    internal ModelFile Find(Guid owner, string name)
    {
        using var db = databases.CreateDbContext();
        var digest = db.PersonalModels.OwnedBy(owner).Installed().Where(m => m.Name == name).Select(m => m.Sha256).FirstOrDefault();
        return digest is null ? shared.Find(name) : ModelFile.Of(new FileInfo(files.PathOf(digest))) with { Id = name };
    }
}
