using System.Text.Json.Nodes;
using Republic.Core;
using Republic.Web.Cli.Citizens;
using Republic.Web.Cli.Remote;

namespace Republic.Web.Cli.Tasks;

/// <summary>Runs <c>republic tasks</c> against a running Republic, on this machine or another.</summary>
/// <param name="environment">Reads an environment variable; null where it is not set.</param>
internal sealed class TasksCommand(TextWriter output, TextWriter error, Func<string, string?> environment)
{
    private const int MostBlockers = 10;
    private const string Nobody = "nobody";

    /// <summary>The width of the terminal in characters; 0 where the output is no terminal.</summary>
    public int Width { get; init; }

    /// <summary>Runs a command in the terminal of this process, until it ends or Ctrl+C is pressed.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var command = new TasksCommand(Console.Out, Console.Error, Environment.GetEnvironmentVariable)
        {
            Width = Console.IsOutputRedirected ? 0 : Math.Max(Console.WindowWidth, 40),
        };
        using var stop = new StopSignals();
        return await command.RunAsync(args, stop.Token);
    }

    public async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        if (OptionReader.AsksForHelp(args))
        {
            await output.WriteLineAsync(TasksArguments.Usage);
            return ExitCode.Done;
        }

        var arguments = TasksArguments.Parse(args, environment(RemoteAddress.Variable));
        if (!arguments.Ok)
        {
            await error.WriteLineAsync(arguments.Failure.Message);
            return ExitCode.WrongUse;
        }

        var session = new RemoteSession(error, environment);
        return await session.RunAsync(
            arguments.Value.Server,
            async republic =>
            {
                await output.WriteLineAsync(await DoAsync(new RemoteTasks(republic), arguments.Value, ct));
                return ExitCode.Done;
            },
            ct
        );
    }

    private Task<string> DoAsync(RemoteTasks tasks, TasksArguments arguments, CancellationToken ct) =>
        arguments.Verb switch
        {
            "list" => ListAsync(tasks, arguments, ct),
            "show" => ShowAsync(tasks, arguments, ct),
            "new" => NewAsync(tasks, arguments, ct),
            "assign" => AssignAsync(tasks, arguments, ct),
            "move" => ChangeAsync(tasks, arguments, new() { ["status"] = arguments.Status, ["insist"] = arguments.Insist }, ct),
            "comment" => CommentAsync(tasks, arguments, ct),
            _ => ChangeAsync(tasks, arguments, null, ct),
        };

    private async Task<string> ListAsync(RemoteTasks tasks, TasksArguments arguments, CancellationToken ct)
    {
        var citizens = await tasks.CitizensAsync(ct);
        var query =
            (arguments.Status is { } status ? $"status={status}&" : "")
            + (arguments.Who is { } who ? $"assigned_to={Uri.EscapeDataString(Meant(citizens, who))}&" : "")
            + (arguments.IsWaiting ? "waiting=true&" : "")
            + (arguments.IsBlocked ? "blocked=true&" : "")
            + (arguments.IsShared ? RemoteTasks.Shared : "");
        var all = await tasks.ListAsync(query, ct);
        return arguments.Json ? RemoteJson.Printed(new { tasks = all, next_cursor = (string?)null })
            : all.Count > 0 ? TaskTable.Of([.. all.Select(tasks.Read)], citizens.NameOf, SharedBy(citizens), Width)
            : query.Length > 0 ? "No task matches."
            : $"You have no tasks there. republic tasks new adds one, as does {tasks.Address}/tasks.";
    }

    private async Task<string> ShowAsync(RemoteTasks tasks, TasksArguments arguments, CancellationToken ct)
    {
        var json = await tasks.FindAsync(arguments.Number, arguments.IsShared, ct);
        if (arguments.Json)
        {
            return RemoteJson.Printed(json);
        }

        var task = tasks.Read(json);
        var citizens = await tasks.CitizensAsync(ct);
        var owner = SharedBy(citizens)(task);
        // Only the owner is told of a minion's work and what it costs.
        var (work, spending) = owner.Length == 0 ? await tasks.WorkAsync(task.Id!, ct) : (null, null);
        List<RemoteTask> blockers = [];
        foreach (var blocker in (task.BlockedBy ?? []).Take(MostBlockers))
        {
            blockers.Add(tasks.Read(await tasks.GetAsync(blocker, ct)));
        }

        var sheet = new TaskSheet(task, citizens.NameOf, tasks.Address)
        {
            SharedBy = owner,
            Parent = task.ParentId is { } parent ? tasks.Read(await tasks.GetAsync(parent, ct)) : null,
            Blockers = blockers,
            Comments = await tasks.CommentsAsync(task.Id!, ct),
            Work = work,
            Spending = spending,
        };
        return sheet.Of(Width);
    }

    private static async Task<string> NewAsync(RemoteTasks tasks, TasksArguments arguments, CancellationToken ct)
    {
        var citizens = arguments.Who is null ? new RemoteCitizens([]) : await tasks.CitizensAsync(ct);
        if (arguments.Who is { } who && who != Nobody)
        {
            arguments.Fields["assigned_to"] = Meant(citizens, who);
        }

        var json = await tasks.CreateAsync(arguments.Fields, ct);
        var task = tasks.Read(json);
        return arguments.Json ? RemoteJson.Printed(json) : $"{Line(task, citizens)}\n{tasks.Address}/tasks/{task.Id}";
    }

    private static async Task<string> AssignAsync(RemoteTasks tasks, TasksArguments arguments, CancellationToken ct)
    {
        var citizen = arguments.Who == Nobody ? null : Meant(await tasks.CitizensAsync(ct), arguments.Who!);
        return await ChangeAsync(tasks, arguments, new() { ["citizen_id"] = citizen }, ct);
    }

    private static async Task<string> CommentAsync(RemoteTasks tasks, TasksArguments arguments, CancellationToken ct)
    {
        var task = tasks.Read(await tasks.FindAsync(arguments.Number, arguments.IsShared, ct));
        await tasks.PostAsync(task.Id!, "comments", new() { ["content"] = arguments.Text }, ct);
        return $"{task.Name} has your comment.";
    }

    /// <summary>Does what the verb says, and tells how the task stands then.</summary>
    private static async Task<string> ChangeAsync(RemoteTasks tasks, TasksArguments arguments, JsonObject? body, CancellationToken ct)
    {
        var id = tasks.Read(await tasks.FindAsync(arguments.Number, arguments.IsShared, ct)).Id!;
        await tasks.PostAsync(id, arguments.Verb, body, ct);
        return Line(tasks.Read(await tasks.GetAsync(id, ct)), await tasks.CitizensAsync(ct));
    }

    private static string Line(RemoteTask task, RemoteCitizens citizens) =>
        $"{task.Name} {task.Words}: {task.State}{(task.AssignedTo is null ? "" : $", done by {citizens.NameOf(task.AssignedTo)}")}.";

    /// <summary>The name of a task's owner; empty for the person's own tasks.</summary>
    private static Func<RemoteTask, string> SharedBy(RemoteCitizens citizens) =>
        task => task.OwnerId is null || citizens.Me is null || task.OwnerId == citizens.Me ? "" : citizens.NameOf(task.OwnerId);

    private static string Meant(RemoteCitizens citizens, string word) =>
        citizens.IdOf(
            word,
            () =>
                $"None of your minions is called {word}. {(citizens.HasMinions ? $"They are {citizens.Listed(withPeople: false)}." : "You have none.")}"
        );
}
