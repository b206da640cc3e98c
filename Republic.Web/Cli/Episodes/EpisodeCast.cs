using System.Text.Json.Nodes;
using Republic.Web.Cli.Remote;

namespace Republic.Web.Cli.Episodes;

/// <summary>The cast of an episode that is begun, by id.</summary>
internal static class EpisodeCast
{
    /// <param name="cast">Names or ids of citizens, by role.</param>
    /// <exception cref="RemoteException">A name means nobody, or several.</exception>
    public static async Task<JsonObject> OfAsync(RemoteEpisodes episodes, IReadOnlyDictionary<string, string> cast, CancellationToken ct)
    {
        var named = new JsonObject();
        if (cast.Count == 0)
        {
            return named;
        }

        var citizens = await episodes.CitizensAsync(ct);
        foreach (var (role, word) in cast)
        {
            named[role] = citizens.IdOf(
                word,
                () => $"Nobody who can play {role} is called {word}. You can cast {citizens.Listed(withPeople: true)}."
            );
        }

        return named;
    }
}
