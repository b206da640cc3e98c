using Republic.Core.PersonalModels.Fitting;
using Republic.Core.PersonalModels.Storage;
using Republic.Core.Providers.Credentials;

namespace Republic.Core.PersonalModels.Serving;

/// <summary>Has the model host follow at once when others have a file than before, or other people may use it.</summary>
public sealed class ServedFiles(InstalledModels installed, ModelFiles files, HostModels host, CredentialCache cache)
{
    /// <summary>Unloads a file that nobody has any more who may use it; otherwise keeps it as those want who have it still.</summary>
    /// <returns>False where no model host answers.</returns>
    internal async Task<bool> FollowAsync(string sha256, CancellationToken ct)
    {
        await TellOwnersAsync(sha256, ct);
        var left = File.Exists(files.PathOf(sha256)) ? await installed.OfFileAsync(sha256, ct) : null;
        return await SendAsync(left is null ? host.UnloadAsync : host.KeepAsync, left ?? new InstalledModel(sha256, LoadAnyway: false), ct);
    }

    /// <summary>Follows for each file that a person has: after they were deactivated, or reactivated.</summary>
    internal async Task FollowOwnerAsync(Guid owner, CancellationToken ct)
    {
        foreach (var file in await installed.FilesOfAsync(owner, ct))
        {
            if (!await FollowAsync(file, ct))
            {
                // In a terminal there is no model host, and each further call would wait for its start.
                return;
            }
        }
    }

    /// <summary>Requests carry the time that their file stays in memory: those of others who have it send the present one from now on.</summary>
    internal async Task TellOwnersAsync(string sha256, CancellationToken ct)
    {
        foreach (var owner in await installed.OwnersAsync(sha256, ct))
        {
            cache.ModelsChanged(owner);
        }
    }

    /// <returns>False where no model host answers: then it has nothing in memory.</returns>
    internal static async Task<bool> SendAsync(
        Func<InstalledModel, CancellationToken, Task> send,
        InstalledModel model,
        CancellationToken ct
    )
    {
        try
        {
            await send(model, ct);
            return true;
        }
        catch (HttpRequestException error)
        {
            return error.StatusCode is not null;
        }
    }
}
