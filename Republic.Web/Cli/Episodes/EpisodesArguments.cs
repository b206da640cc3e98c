using Republic.Core;
using Republic.Web.Cli.Remote;

namespace Republic.Web.Cli.Episodes;

/// <summary>The command line of <c>republic episodes</c>. What the verb does not take has its default.</summary>
internal sealed record EpisodesArguments(string Verb, Uri Server)
{
    public const string Usage = """
        republic episodes [list] [--scenario NAME] [--status STATUS] [--waiting] [--json]
            the episodes that you began or play in, the newest first
        republic episodes start SCENARIO [--cast ROLE=WHO] [--json]
            begins one of the newest version of a scenario of yours
        republic episodes follow ID [--timeline ID] [--json]
            prints steps as they come and whose turn it is, until the episode ends
        republic episodes act ID ROLE [--text TEXT] [--outcome OUTCOME] [--score NUMBER] [--timeline ID] [--json]
            acts in a role that you play, when it is its turn; without --text, standard input is what you say
        republic episodes journal ID [--timeline ID] [--json]
            everything that happened, entry by entry, with hashes
        republic episodes replay ID [--timeline ID] [--json]
            computes the episode again from its journal, without asking a model, and says whether it is the same

          SCENARIO       its name or id
          WHO            a name or an id: a minion of yours, somebody with whom you share a task, or me
          STATUS         running, completed or terminated
          --waiting      only those that go on when you do something
          --cast         may be given several times, such as --cast developer=Ada --cast reviewer=me
          --score        how good it is, from 0 to 1, where that is asked for
          --timeline     a timeline other than the one that is shown
          --url          address of the server, such as http://localhost:5080; without it REPUBLIC_URL
          --json         prints the JSON that the API sends; with follow, a line for each step

        What has spaces stands in quotes. REPUBLIC_TOKEN holds an access token (rpat_…) with the scope read and, to start, to act and
        to replay, write; make one at /account/tokens. Ctrl+C ends the following; the episode goes on.
        Exit codes: 0 done, 1 not possible, stopped before its end, or not the same, 2 wrong command line, or no Republic that accepts the
        token, 130 stopped.
        """;

    private const string WhichScenario = "Which scenario? Give its name or id.";
    private const string WhichEpisode = "Which episode? Give its id, as republic episodes prints it.";
    private const string WhichRole = "In which role? Give its name, such as reviewer.";

    private static readonly string[] Statuses = ["running", "completed", "terminated"];

    private static readonly Dictionary<string, VerbForm> Known = new(StringComparer.Ordinal)
    {
        ["list"] = new([], ["--scenario", "--status"], ["--waiting", "--json"]),
        ["start"] = new([WhichScenario], ["--cast"], ["--json"]),
        ["follow"] = new([WhichEpisode], ["--timeline"], ["--json"]),
        ["act"] = new([WhichEpisode, WhichRole], ["--text", "--outcome", "--score", "--timeline"], ["--json"]),
        ["journal"] = new([WhichEpisode], ["--timeline"], ["--json"]),
        ["replay"] = new([WhichEpisode], ["--timeline"], ["--json"]),
    };

    /// <summary>The id of the episode; empty where the verb takes none.</summary>
    public string Id { get; private init; } = "";

    /// <summary>The name or id of a scenario; null where none was given.</summary>
    public string? Scenario { get; private init; }

    /// <summary>The role in which is acted; empty where the verb takes none.</summary>
    public string Role { get; private init; } = "";

    /// <summary>Names or ids of citizens, by role.</summary>
    public IReadOnlyDictionary<string, string> Cast { get; private init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What is said; null where it is read from the standard input.</summary>
    public string? Text { get; private init; }

    public string? Outcome { get; private init; }

    public double? Score { get; private init; }

    /// <summary>The id of a timeline; null for the one that is shown.</summary>
    public string? Timeline { get; private init; }

    /// <summary>As the API spells it; null where none was given.</summary>
    public string? Status { get; private init; }

    public bool IsWaiting { get; private init; }

    public bool Json { get; private init; }

    /// <param name="address">The value of <see cref="RemoteAddress.Variable"/>; null where it is not set.</param>
    public static Outcome<EpisodesArguments> Parse(IReadOnlyList<string> args, string? address)
    {
        var isNamed = args.Count > 0 && !args[0].StartsWith('-');
        var verb = isNamed ? args[0] : "list";
        if (!Known.TryGetValue(verb, out var form))
        {
            return Failure.Invalid("verb", $"There is no command \"episodes {verb}\". See republic episodes --help.");
        }

        var (options, given) = form.Read(isNamed ? $"republic episodes {verb}" : "republic episodes", [.. args.Skip(isNamed ? 1 : 0)]);
        var server = RemoteAddress.Read(options, address);
        var words = form.Checked(options, given);
        var first = words is [var word, ..] ? word : "";
        var read = new EpisodesArguments(verb, server)
        {
            Id = form.Words is [WhichEpisode, ..] ? EpisodeOf(options, first) : "",
            Scenario = verb == "start" ? first : options.Text("--scenario"),
            Role = words is [_, var role] ? role.Trim() : "",
            Cast = CastOf(options),
            Text = TextOf(options),
            Outcome = options.Text("--outcome"),
            Score = options.Real("--score", least: 0, most: 1),
            Timeline = TimelineOf(options),
            Status = StatusOf(options),
            IsWaiting = options.Has("--waiting"),
            Json = options.Has("--json"),
        };
        return options.Problem is { } problem ? problem : read;
    }

    private static string EpisodeOf(OptionReader options, string word)
    {
        if (Guid.TryParse(word, out var id))
        {
            return id.ToString();
        }

        options.Note("episode", $"An episode is given by its id, as republic episodes prints it, and {word} is none.");
        return "";
    }

    private static string? TimelineOf(OptionReader options)
    {
        var word = options.Text("--timeline");
        if (word is null || Guid.TryParse(word, out _))
        {
            return word;
        }

        options.Note("--timeline", $"--timeline needs the id of a timeline, and {word} is none. The address of its page has it.");
        return null;
    }

    private static string? StatusOf(OptionReader options)
    {
        var word = options.Text("--status");
        if (word is null || Statuses.Contains(word, StringComparer.OrdinalIgnoreCase))
        {
            return word?.ToUpperInvariant();
        }

        options.Note("--status", $"--status takes running, completed or terminated, and {word} is not among them.");
        return null;
    }

    private static string? TextOf(OptionReader options)
    {
        var text = options.Text("--text");
        if (text is not null && string.IsNullOrWhiteSpace(text))
        {
            options.Note("--text", "--text has no words. Give some, or leave it out and write them to the standard input.");
        }

        return text;
    }

    private static Dictionary<string, string> CastOf(OptionReader options)
    {
        var cast = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in options.All("--cast"))
        {
            var equals = part.IndexOf('=');
            var (role, citizen) = equals < 0 ? ("", "") : (part[..equals].Trim(), part[(equals + 1)..].Trim());
            if (role.Length == 0 || citizen.Length == 0)
            {
                options.Note("--cast", $"--cast needs a role and who plays it, such as reviewer=me, and {part} is not that.");
            }
            else if (!cast.TryAdd(role, citizen))
            {
                options.Note("--cast", $"--cast names {role} twice. One citizen plays a role.");
            }
        }

        return cast;
    }
}
