namespace Republic.Bench;

/// <summary>What was done to whom, in which step of the runs that it met.</summary>
internal sealed class Tally
{
    public const string Web = "web node, kill -9";
    public const string Trainer = "training child, kill -9";
    public const string Host = "model host, kill -9";
    public const string Pause = "web node, SIGSTOP 10 to 60 s";
    public const string Restart = "PostgreSQL, immediate restart";
    public const string Cut = "connections cut";
    private static readonly string[] Kinds = [Web, Trainer, Host, Pause, Restart, Cut];
    private readonly Dictionary<string, int> counts = Kinds.ToDictionary(kind => kind, _ => 0);
    private readonly Dictionary<(string Kind, int Step), int> met = [];

    public int Kills => counts[Web] + counts[Trainer] + counts[Host];

    public int Of(string kind, int step) => met.GetValueOrDefault((kind, step));

    public void Add(string kind, IEnumerable<int> steps)
    {
        counts[kind]++;
        foreach (var step in steps)
        {
            met[(kind, step)] = met.GetValueOrDefault((kind, step)) + 1;
        }
    }

    public void Print()
    {
        Console.WriteLine($"| fault | times | {string.Join(" | ", Enumerable.Range(0, 9).Select(step => $"step {step}"))} |");
        Console.WriteLine($"| --- | --- |{string.Concat(Enumerable.Repeat(" --- |", 9))}");
        foreach (var kind in Kinds)
        {
            var steps = Enumerable.Range(0, 9).Select(step => met.GetValueOrDefault((kind, step)));
            Console.WriteLine($"| {kind} | {counts[kind]} | {string.Join(" | ", steps)} |");
        }
    }
}
