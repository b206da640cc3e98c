using Republic.Core.PersonalModels.Fitting;
using Republic.Core.PersonalModels.Managing;

namespace Republic.Core.PersonalModels.Serving;

/// <summary>Changes and deletes models, and has the model host follow at once; without it, it would with the next request.</summary>
public sealed class ServedModelEditor(
    PersonalModelEditor editor,
    PersonalModelCards cards,
    InstalledModels installed,
    ServedFiles files,
    HostModels host
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

        await files.TellOwnersAsync(digest, ct);
        if (await installed.OfFileAsync(digest, ct) is { } model)
        {
            // With another context it has to be loaded anew: at once, but for somebody else's pin.
            var stays =
                before.Value?.ContextLength == after.Value.ContextLength || await installed.IsPinnedByOthersAsync(owner, digest, ct);
            await ServedFiles.SendAsync(stays ? host.KeepAsync : host.UnloadAsync, model, ct);
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
            // What is deleted is deleted, though who asked is gone.
            await files.FollowAsync(digest, CancellationToken.None);
        }

        return deleted;
    }
}
