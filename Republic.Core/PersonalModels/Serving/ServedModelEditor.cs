using Republic.Core.PersonalModels.Fitting;
using Republic.Core.PersonalModels.Managing;
using Republic.Core.PersonalModels.Storage;
using Republic.Core.Providers.Credentials;

namespace Republic.Core.PersonalModels.Serving;

/// <summary>Changes and deletes models, and has the model host follow at once; without it, it would with the next request.</summary>
public sealed class ServedModelEditor(
    PersonalModelEditor editor,
    PersonalModelCards cards,
    InstalledModels installed,
    ModelFiles files,
    HostModels host,
    CredentialCache cache
)
{
    public async Task<Outcome<PersonalModelCard>> ChangeAsync(Guid owner, Guid id, ModelChange change, CancellationToken ct)
    {
        var before = await cards.FindAsync(owner, id, ct);
        var changed = await editor.ChangeAsync(owner, id, change, ct);
        var after = changed.Ok ? await cards.FindAsync(owner, id, ct) : changed.Failure;
        if (!after.Ok || after.Value is not { LocalPath: not null, Sha256: { } digest })
        {
            return after;
        }

        await TellOwnersAsync(digest, ct);
        if (await installed.OfFileAsync(digest, ct) is { } model)
        {
            // With another context it has to be loaded anew: at once, but for somebody else's pin.
            var stays =
                before.Value?.ContextLength == after.Value.ContextLength || await installed.IsPinnedByOthersAsync(owner, digest, ct);
            await FollowAsync(stays ? host.KeepAsync : host.UnloadAsync, model, ct);
        }

        return after;
    }

    /// <inheritdoc cref="PersonalModelEditor.DeleteAsync"/>
    public async Task<Outcome<string>> DeleteAsync(Guid owner, Guid id, CancellationToken ct)
    {
        var before = await cards.FindAsync(owner, id, ct);
        var deleted = await editor.DeleteAsync(owner, id, ct);
        if (deleted.Ok && before.Value is { LocalPath: not null, Sha256: { } digest })
        {
            await FollowDeletionAsync(digest, ct);
        }

        return deleted;
    }

    /// <summary>Unloads a file whose last owner deleted it; otherwise keeps it as those want who have it still.</summary>
    internal async Task FollowDeletionAsync(string sha256, CancellationToken ct)
    {
        await TellOwnersAsync(sha256, ct);
        var left = File.Exists(files.PathOf(sha256)) ? await installed.OfFileAsync(sha256, ct) : null;
        await FollowAsync(left is null ? host.UnloadAsync : host.KeepAsync, left ?? new InstalledModel(sha256, LoadAnyway: false), ct);
    }

    /// <summary>How long a file stays is sent with each request: those of the others who have it are to send it as it is now.</summary>
    private async Task TellOwnersAsync(string digest, CancellationToken ct)
    {
        foreach (var owner in await installed.OwnersAsync(digest, ct))
        {
            cache.ModelsChanged(owner);
        }
    }

    private static async Task FollowAsync(Func<InstalledModel, CancellationToken, Task> follow, InstalledModel model, CancellationToken ct)
    {
        try
        {
            await follow(model, ct);
        }
        catch (HttpRequestException)
        {
            // A model host that does not answer has nothing in memory.
        }
    }
}
