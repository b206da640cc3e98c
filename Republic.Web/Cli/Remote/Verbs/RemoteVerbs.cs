namespace Republic.Web.Cli.Remote.Verbs;

/// <summary>The verbs for personal models at a running Republic.</summary>
internal static class RemoteVerbs
{
    private const string WhichModel = "Which model? Give its name or id.";

    public static IReadOnlyDictionary<string, RemoteVerb> All { get; } =
        new Dictionary<string, RemoteVerb>(StringComparer.Ordinal)
        {
            ["list"] = new([], ListVerb.RunAsync) { Switches = ["--json"] },
            ["show"] = new([WhichModel], ShowVerb.RunAsync) { Switches = ["--json"] },
            ["pull"] = new(["Which model? Give a model id or an address."], PullVerb.RunAsync)
            {
                Options = PullVerb.OfFiles,
                Switches = ["--load-anyway", "--detach"],
                Body = PullVerb.Order,
            },
            ["pause"] = new([WhichModel], WorkVerbs.PauseAsync),
            ["resume"] = new([WhichModel], WorkVerbs.ResumeAsync),
            ["test"] = new([WhichModel], WorkVerbs.TestAsync) { Switches = ["--detach"] },
            ["quantize"] = new([WhichModel, "Which type? Give Q4_K_M or Q8_0."], WorkVerbs.QuantizeAsync)
            {
                Options = ["--name"],
                Switches = ["--detach"],
                Body = WorkVerbs.CopyOrder,
            },
            ["mv"] = new([WhichModel, "Which name? Give the new one."], ChangeVerbs.RenameAsync) { Body = ChangeVerbs.NewName },
            ["pin"] = new([WhichModel], ChangeVerbs.PinAsync),
            ["unpin"] = new([WhichModel], ChangeVerbs.UnpinAsync),
            ["set"] = new([WhichModel], ChangeVerbs.SetAsync) { Options = ["--keep-alive", "--context"], Body = ChangeVerbs.Settings },
            ["rm"] = new([WhichModel], RemoveVerb.RunAsync) { Switches = ["--yes"] },
            ["versions"] = new([WhichModel], VersionVerbs.ListAsync) { Switches = ["--json"] },
            ["rollback"] = new([WhichModel], VersionVerbs.RollBackAsync)
            {
                Options = ["--version", "--minion"],
                Body = VersionVerbs.Target,
            },
            ["ps"] = new([], LoadedVerbs.ListAsync) { Switches = ["--json"] },
            ["stop"] = new([WhichModel], LoadedVerbs.UnloadAsync),
        };
}
