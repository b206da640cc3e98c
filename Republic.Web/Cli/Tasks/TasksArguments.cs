using System.Globalization;
using System.Text.Json.Nodes;
using Republic.Core;
using Republic.Core.Tasks;
using Republic.Web.Api.Tasks;
using Republic.Web.Cli.Remote;
using Republic.Web.Pages.Tasks;

namespace Republic.Web.Cli.Tasks;

/// <summary>The command line of <c>republic tasks</c>. What the verb does not take has its default.</summary>
internal sealed record TasksArguments(string Verb, Uri Server)
{
    public const string Usage = """
        republic tasks [--status STATUS] [--assigned-to NAME] [--waiting] [--blocked] [--shared] [--json]
            your tasks, the newest first; without a status, all but the archive
        republic tasks show T-53 [--shared] [--json]
            everything known about one of them
        republic tasks new TITLE [--description TEXT] [--assign NAME] [--due YYYY-MM-DD] [--priority PRIORITY] [--label LABEL]
            adds one; a minion that is given it begins at once
        republic tasks move T-53 STATUS [--insist] [--shared]
            moves it to another column
        republic tasks assign T-53 NAME
            gives it to somebody
        republic tasks comment T-53 TEXT [--shared]
            writes a comment; a minion that asked for something goes on
        republic tasks start T-53
            has its minion begin, once more or for the first time
        republic tasks stop T-53
            stops the minion; what it wrote is kept

          STATUS         todo, in-progress, review, done or archive
          NAME           a minion's name or id, or me; to assign, nobody too
          --waiting      only those that go on when you do something: a minion asked, or handed in
          --blocked      only those that wait for other tasks
          --shared       the tasks that others share with you, instead of yours
          --insist       also where it waits for tasks that are not done
          --priority     none, low, medium, high or urgent
          --label        may be given several times
          --url          address of the server, such as http://localhost:5080; without it REPUBLIC_URL
          --json         prints the JSON that the API sends

        What has spaces stands in quotes. REPUBLIC_TOKEN holds an access token (rpat_…) with the scope read and, to change
        something, write; make one at /account/tokens.
        Exit codes: 0 done, 1 not possible, 2 wrong command line, or no Republic that accepts the token, 130 stopped.
        """;

    private const string WhichTask = "Which task? Give its number, such as T-53.";
    private const string WhichStatus = "Where to? Give a status: todo, in-progress, review, done or archive.";

    private static readonly Dictionary<string, VerbForm> Known = new(StringComparer.Ordinal)
    {
        ["list"] = new([], ["--status", "--assigned-to"], ["--waiting", "--blocked", "--shared", "--json"]),
        ["show"] = new([WhichTask], [], ["--shared", "--json"]),
        ["new"] = new(["What is to be done? Give a title."], ["--description", "--assign", "--due", "--priority", "--label"], ["--json"]),
        ["move"] = new([WhichTask, WhichStatus], [], ["--insist", "--shared"]),
        ["assign"] = new([WhichTask, "Who does it? Give a minion's name, me or nobody."], [], []),
        ["comment"] = new([WhichTask, "What is the comment? Give its text."], [], ["--shared"]),
        ["start"] = new([WhichTask], [], []),
        ["stop"] = new([WhichTask], [], []),
    };

    /// <summary>The number of the task; 0 where the verb takes none.</summary>
    public int Number { get; private init; }

    /// <summary>The text of a comment; empty where the verb takes none.</summary>
    public string Text { get; private init; } = "";

    /// <summary>The given name of a citizen; null where none was given.</summary>
    public string? Who { get; private init; }

    /// <summary>As the API spells it; null where none was given.</summary>
    public string? Status { get; private init; }

    public bool IsWaiting { get; private init; }

    public bool IsBlocked { get; private init; }

    /// <summary>The tasks of others that are shared with the person are meant.</summary>
    public bool IsShared { get; private init; }

    public bool Insist { get; private init; }

    public bool Json { get; private init; }

    /// <summary>The body of <c>POST /api/tasks</c>, without the assignee.</summary>
    public JsonObject Fields { get; private init; } = new();

    /// <param name="address">The value of <see cref="RemoteAddress.Variable"/>; null where it is not set.</param>
    public static Outcome<TasksArguments> Parse(IReadOnlyList<string> args, string? address)
    {
        var isNamed = args.Count > 0 && !args[0].StartsWith('-');
        var verb = isNamed ? args[0] : "list";
        if (!Known.TryGetValue(verb, out var form))
        {
            return Failure.Invalid("verb", $"There is no command \"tasks {verb}\". See republic tasks --help.");
        }

        var (options, given) = form.Read(isNamed ? $"republic tasks {verb}" : "republic tasks", [.. args.Skip(isNamed ? 1 : 0)]);
        var server = RemoteAddress.Read(options, address);
        var words = form.Checked(options, given);
        var (first, last) = words.Count > 0 ? (words[0], words[^1]) : ("", "");
        var read = new TasksArguments(verb, server)
        {
            Number = form.Words is [WhichTask, ..] ? NumberOf(options, first) : 0,
            Text = verb == "comment" ? last : "",
            Who = verb == "assign" ? last : options.Text("--assigned-to") ?? options.Text("--assign"),
            Status = verb == "move" ? StatusOf(options, last) : StatusOf(options, options.Text("--status")),
            IsWaiting = options.Has("--waiting"),
            IsBlocked = options.Has("--blocked"),
            IsShared = options.Has("--shared"),
            Insist = options.Has("--insist"),
            Json = options.Has("--json"),
            Fields = verb == "new" ? FieldsOf(options, first) : new(),
        };
        return options.Problem is { } problem ? problem : read;
    }

    private static int NumberOf(OptionReader options, string word)
    {
        var digits = word.StartsWith("T-", StringComparison.OrdinalIgnoreCase) ? word[2..] : word;
        if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            return number;
        }

        options.Note("task", $"A task is given by its number, such as T-53, and {word} is none.");
        return 0;
    }

    private static string? StatusOf(OptionReader options, string? word)
    {
        if (word is null)
        {
            return null;
        }

        var letters = Letters(word);
        foreach (var status in Enum.GetValues<WorkTaskStatus>())
        {
            if (letters == Letters(TaskStates.Code(status)) || letters == Letters(TaskWords.Of(status)))
            {
                return TaskStates.Code(status);
            }
        }

        options.Note("status", $"A status is todo, in-progress, review, done or archive, and {word} is none of them.");
        return null;
    }

    private static string Letters(string word) => string.Concat(word.Where(char.IsLetter)).ToUpperInvariant();

    private static JsonObject FieldsOf(OptionReader options, string title)
    {
        var fields = new JsonObject { ["title"] = title };
        Add(fields, "description", options.Text("--description"));
        Add(fields, "priority", PriorityOf(options));
        Add(fields, "due_at", DueOf(options));
        if (options.All("--label") is { Count: > 0 } labels)
        {
            fields["labels"] = new JsonArray([.. labels.Select(label => (JsonNode?)label)]);
        }

        return fields;
    }

    private static string? PriorityOf(OptionReader options)
    {
        var priority = options.Text("--priority");
        if (priority is not null && TaskNames.Priority(priority) is null)
        {
            options.Note("--priority", $"--priority takes none, low, medium, high or urgent, and {priority} is not among them.");
        }

        return priority?.ToLowerInvariant();
    }

    private static string? DueOf(OptionReader options)
    {
        var due = options.Text("--due");
        if (due is not null && !DateOnly.TryParseExact(due, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            options.Note("--due", $"--due needs a day such as 2026-12-04, and {due} is none.");
        }

        return due is null ? null : $"{due}T00:00:00Z";
    }

    private static void Add(JsonObject fields, string name, string? value)
    {
        if (value is not null)
        {
            fields[name] = value;
        }
    }
}
