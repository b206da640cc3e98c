using Republic.Web.Cli.Remote;

namespace Republic.Web.Cli.Citizens;

/// <summary>The citizens that a person sees at a running Republic: the person first, then others and minions.</summary>
internal sealed class RemoteCitizens(IReadOnlyList<RemoteCitizen> all)
{
    private const int PageSize = 200;
    private const int MostListed = 10;

    /// <summary>The id of the person; null where the server did not say.</summary>
    public string? Me => all.FirstOrDefault(citizen => citizen.IsMe)?.Id;

    public bool HasMinions => all.Any(citizen => !citizen.IsPerson);

    public static async Task<RemoteCitizens> ReadAsync(RemoteRepublic republic, CancellationToken ct) =>
        new([.. (await republic.ListAsync($"api/citizens?limit={PageSize}", "citizens", ct)).Select(republic.Read<RemoteCitizen>)]);

    /// <summary>The name of a citizen by id; empty for nobody.</summary>
    public string NameOf(string? id) =>
        id is null ? ""
        : RemoteText.OneLine(all.FirstOrDefault(citizen => citizen.Id == id)?.DisplayName) is { Length: > 0 } name ? name
        : "somebody";

    /// <summary>The id of the citizen that a word means: an id, <c>me</c>, or a name.</summary>
    /// <param name="unknown">The sentence where it means nobody.</param>
    /// <exception cref="RemoteException">It means nobody, or several.</exception>
    public string IdOf(string word, Func<string> unknown)
    {
        Func<RemoteCitizen, string?>[] namings =
        [
            citizen => citizen.Id,
            citizen => citizen.IsMe ? "me" : null,
            citizen => citizen.DisplayName,
            citizen => citizen.Username,
        ];
        var found =
            namings
                .Select(naming => all.Where(one => string.Equals(naming(one), word, StringComparison.OrdinalIgnoreCase)).ToList())
                .FirstOrDefault(some => some.Count > 0)
            ?? [];
        return found switch
        {
            [{ Id: { } id }] => id,
            [] => throw new RemoteException(unknown(), ExitCode.NotPossible),
            _ => throw new RemoteException(
                $"{word} is the name of {found.Count}. Give an id: {string.Join(", ", found.Select(one => one.Id))}.",
                ExitCode.NotPossible
            ),
        };
    }

    /// <summary>The names of minions, and <c>me</c>.</summary>
    /// <param name="withPeople">The names of other people, too.</param>
    public string Listed(bool withPeople) =>
        string.Join(
            ", ",
            all.Where(one => !one.IsPerson || (withPeople && !one.IsMe))
                .Take(MostListed)
                .Select(one => RemoteText.OneLine(one.DisplayName))
                .Append("me")
        );
}
