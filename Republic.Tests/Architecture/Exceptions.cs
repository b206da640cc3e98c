namespace Republic.Tests.Architecture;

/// <summary>What breaks a rule of the house and may, with the reason. An entry that nothing needs any more fails the test.</summary>
public static class Exceptions
{
    public static readonly IReadOnlyDictionary<string, string> Size = new Dictionary<string, string>();

    public static readonly IReadOnlyDictionary<string, string> Vendor = new Dictionary<string, string>
    {
        ["Republic.Core/Inference/Http/"] = "the model host speaks a wire format that is called after the vendor who made it",
        ["Republic.Web/Api/OpenAi"] = "/v1 is that same wire format",
        ["Republic.Web/RepublicApp.cs: OpenAi"] = "puts /v1 in",
        ["Republic.Web/RepublicApp.cs: AddOpenAiApi"] = "puts /v1 in",
        ["Republic.Web/RepublicApp.cs: MapOpenAi"] = "puts /v1 in",
    };

    public static readonly IReadOnlyDictionary<string, string> Use = new Dictionary<string, string>
    {
        ["Republic.Core/Inference/ModelHostRegistration.cs"] = "offers itself as the transport that Providers asks for",
        ["Republic.Core/Inference/Supervision/ModelHostSupervisor.cs"] =
            "is the transport that Providers asks for, so Providers need not know it",
    };

    public static readonly IReadOnlyDictionary<string, string> Blocking = new Dictionary<string, string>();

    public static readonly IReadOnlyDictionary<string, string> Time = new Dictionary<string, string>
    {
        ["Republic.Tests/Integration/Cli/DemoTests.cs"] =
            "trains the built-in model with default settings and asks all questions before and after",
    };

    public static readonly IReadOnlyDictionary<string, string> Shape = new Dictionary<string, string>();

    /// <summary>Fails for every finding that no exception covers, and for every exception that covers no finding.</summary>
    /// <param name="findings">Each begins with the path of its file.</param>
    public static void AllowOnly(IReadOnlyDictionary<string, string> exceptions, IEnumerable<string> findings)
    {
        var all = findings.ToList();
        var uncovered = all.Where(finding => !exceptions.Keys.Any(path => finding.StartsWith(path, StringComparison.Ordinal)));
        var unneeded = exceptions.Keys.Where(path => !all.Exists(finding => finding.StartsWith(path, StringComparison.Ordinal)));
        None(uncovered.Concat(unneeded.Select(path => $"{path}: the exception is not needed any more")));
    }

    /// <summary>As <c>Assert.Empty</c>, but shows every finding in full.</summary>
    public static void None(IEnumerable<string> findings)
    {
        var all = string.Join('\n', findings);
        Assert.True(all.Length == 0, all);
    }
}
