namespace Republic.Tests.Architecture;

/// <summary>What breaks a rule of the house and may, with the reason. An entry that nothing needs any more fails the test.</summary>
public static class Exceptions
{
    public static readonly IReadOnlyDictionary<string, string> Size = new Dictionary<string, string>();

    public static readonly IReadOnlyDictionary<string, string> Vendor = new Dictionary<string, string>
    {
        ["Republic.Core/Inference/Http/"] = "the model host speaks a wire format that is called after the vendor who made it",
        ["Republic.Web/Api/OpenAi"] = "/v1 is that same wire format",
        ["Republic.Web/Mcp/McpRegistration.cs: OpenAi"] = "its rates are those of /v1",
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

    public static readonly IReadOnlyDictionary<string, string> Held = new Dictionary<string, string>
    {
        ["Republic.Core/Leaving/AccountDeletion.cs"] = "deletes the row that it holds",
    };

    /// <summary>Files whose SQL reads chats that are deleted too.</summary>
    public static readonly IReadOnlyDictionary<string, string> DeletedToo = new Dictionary<string, string>
    {
        ["Republic.Core/Chats/Answers/AnswerEnds.cs"] = "what nobody has read in a deleted chat is unread when it is restored",
        ["Republic.Core/Search/SearchIndexer.cs"] =
            "passes by what ends in a deleted chat: all of it is written down when the chat is restored",
        ["Republic.Core/Tools/Calls/ToolApprovals.cs"] = "holds the answer of a call that was found in a chat that is not",
    };

    /// <summary>Files that write to the audit log outside of a change.</summary>
    public static readonly IReadOnlyDictionary<string, string> Audited = new Dictionary<string, string>
    {
        ["Republic.Core/Accounts/Attempts/PasswordCheck.cs"] = "a wrong password changes nothing",
        ["Republic.Core/Accounts/SignIn.cs"] = "a refused sign-in changes nothing",
        ["Republic.Web/Api/Accounts/AccountApi.cs"] = "a sign-in, whose session is of use only with the answer that follows",
        ["Republic.Web/Http/Auth/BrowserSession.cs"] = "a sign-in, whose session is of use only with the answer that follows",
        ["Republic.Web/Http/Auth/SuperuserAudit.cs"] = "sees the request and not what changes by it",
        ["Republic.Web/Http/InteractionFile.cs"] = "an export changes nothing",
    };

    public static readonly IReadOnlyDictionary<string, string> Time = new Dictionary<string, string>
    {
        ["Republic.Tests/Integration/Cli/DemoTests.cs"] =
            "trains the built-in model with default settings and asks all questions before and after",
    };

    /// <summary>Pages that nobody sees, or that a test comes to without naming their address.</summary>
    public static readonly IReadOnlyDictionary<string, string> Look = new Dictionary<string, string>
    {
        ["Republic.Web/Pages/Account/Archives/Upload.cshtml"] =
            "is shown where a form without scripts was refused; its address alone leads elsewhere",
        ["Republic.Web/Pages/Admin/Delete.cshtml"] = "AdminPagesTests comes to it by its links",
        ["Republic.Web/Pages/Admin/Person.cshtml"] = "AdminPagesTests comes to it by its links",
        ["Republic.Web/Pages/Chats/Feedback.cshtml"] =
            "is shown where a form without scripts was refused; its address alone leads elsewhere",
        ["Republic.Web/Pages/Citizens/Edit.cshtml"] = "CitizenPagesTests comes to it by its links",
        ["Republic.Web/Pages/Datasets/FromTasks.cshtml"] = "HandInPagesTests comes to it by its links",
        ["Republic.Web/Pages/Datasets/Upload.cshtml"] =
            "is shown where a form without scripts was refused; its address alone leads elsewhere",
        ["Republic.Web/Pages/Error/Index.cshtml"] = "is what any other address shows; GateLookTests looks at it by one",
        ["Republic.Web/Pages/Knowledge/Document.cshtml"] = "KnowledgePagesTests comes to it by its links",
        ["Republic.Web/Pages/Knowledge/EditQuestion.cshtml"] = "RetrievalPagesTests comes to it by its links",
        ["Republic.Web/Pages/Knowledge/New.cshtml"] = "KnowledgePagesTests comes to it by its links",
        ["Republic.Web/Pages/Knowledge/NewQuestion.cshtml"] = "RetrievalPagesTests comes to it by its links",
        ["Republic.Web/Pages/Knowledge/Passage.cshtml"] = "KnowledgePagesTests comes to it by its links",
        ["Republic.Web/Pages/Knowledge/Upload.cshtml"] =
            "is shown where a form without scripts was refused; its address alone leads elsewhere",
        ["Republic.Web/Pages/Models/Form.cshtml"] = "is fields of a form, which are looked at in it",
        ["Republic.Web/Pages/Models/Replace.cshtml"] = "ReplacePagesTests comes to it by its links",
        ["Republic.Web/Pages/PersonalModels/Model.cshtml"] = "PersonalModelPagesTests comes to it by its links",
        ["Republic.Web/Pages/PersonalModels/Settings.cshtml"] = "PersonalModelPagesTests comes to it by its links",
        ["Republic.Web/Pages/PersonalModels/Upload.cshtml"] =
            "is shown where a form without scripts was refused; its address alone leads elsewhere",
        ["Republic.Web/Pages/Scenarios/Editor/State.cshtml"] = "ScenarioPagesTests comes to it by its links",
        ["Republic.Web/Pages/Scenarios/Versions.cshtml"] = "ScenarioPagesTests comes to it by its links",
        ["Republic.Web/Pages/Scenarios/Yaml.cshtml"] = "ScenarioPagesTests comes to it by its links",
        ["Republic.Web/Pages/Spending/Prices.cshtml"] = "SpendingPagesTests comes to it by its links",
        ["Republic.Web/Pages/Tasks/Attachment.cshtml"] = "is a file; as a page it only says that there is none",
        ["Republic.Web/Pages/Tasks/Comments.cshtml"] =
            "is shown where a form without scripts was refused; its address alone leads elsewhere",
        ["Republic.Web/Pages/Tasks/Conversation.cshtml"] =
            "is shown where a form without scripts was refused; its address alone leads elsewhere",
        ["Republic.Web/Pages/Tasks/Dependencies.cshtml"] =
            "is shown where a form without scripts was refused; its address alone leads elsewhere",
        ["Republic.Web/Pages/Tasks/Sharing.cshtml"] =
            "is shown where a form without scripts was refused; its address alone leads elsewhere",
        ["Republic.Web/Pages/Tasks/Upload.cshtml"] = "is shown where a form without scripts was refused; its address alone leads elsewhere",
        ["Republic.Web/Pages/Tasks/Work.cshtml"] = "is shown where a form without scripts was refused; its address alone leads elsewhere",
        ["Republic.Web/Pages/Toasts/Index.cshtml"] = "is a part of pages",
        ["Republic.Web/Pages/Training/NewSchedule.cshtml"] = "SchedulePagesTests comes to it by its links",
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
