using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Republic.Tests.Architecture;

public sealed class WhoMayUseWhomTests
{
    private static readonly string[] EverybodyMayUse =
    [
        "",
        "Data",
        "Accounts",
        "Audit",
        "Citizens",
        "Security",
        "Jobs",
        "Events",
        "Files",
        "Times",
    ];

    /// <summary>What each noun of Core may use beyond that. The tables all meet in RepublicDb, which stands in Data.</summary>
    private static readonly Dictionary<string, string[]> MayAlsoUse = new()
    {
        ["Minions"] = ["Providers"],
        ["Knowledge"] = ["Minions", "Datasets", "Providers", "Llama"],
        ["Answering"] = ["Minions", "Knowledge", "Memories", "Providers", "Llama.Files", "Help"],
        ["Memories"] = ["Minions", "Knowledge", "Providers"],
        ["Help"] = [],
        ["Chats"] = ["Minions", "Knowledge", "Memories", "Answering", "Providers", "Help"],
        ["Training"] = ["Minions", "Datasets", "Knowledge", "Answering", "Providers", "PersonalModels", "Trainer", "Lora", "Llama"],
        ["Interactions"] = ["Chats", "Training", "Datasets", "Memories", "Minions", "Answering", "Providers"],
        ["Tasks"] = ["Chats", "Minions", "Knowledge", "Answering", "Providers", "Datasets", "PersonalModels", "Sharing"],
        ["Sharing"] = [],
        ["Backups"] = ["Host"],
        ["Scenarios"] = ["Expressions", "Minions", "Providers"],
        ["Comparisons"] = ["Chats", "Training", "Minions", "Answering", "Providers"],
        ["PersonalModels"] = ["Minions", "Providers", "Llama", "Host", "Trainer"],
        ["Llama"] = [],
        ["Host"] = [],
        ["Lora"] = ["Llama", "Datasets.Reading", "Datasets.Splitting"],
        ["Inference"] = ["Llama", "Lora", "Host"],
        ["Trainer"] = ["Llama", "Lora", "Host"],
        ["Analytics"] = ["Providers"],
        ["Tools"] = ["Answering", "Chats", "Knowledge", "Memories", "Minions", "Providers", "Search", "Tasks"],
        ["Search"] = ["Chats", "Minions", "Tasks", "Episodes", "Knowledge"],
        ["Navigation"] = ["Chats", "Episodes", "Memories", "Providers", "Tasks", "Training"],
        ["Telemetry"] = ["Providers", "Inference"],
        ["Episodes"] = ["Scenarios", "Expressions", "Minions", "Answering", "Providers", "Datasets", "Memories"],
        ["Doctor"] = ["Backups", "Inference", "Knowledge", "Llama", "Minions", "PersonalModels", "Providers", "Host"],
        ["Archives"] =
        [
            "Answering",
            "Chats",
            "Datasets",
            "Episodes",
            "Host",
            "Knowledge",
            "Llama",
            "Lora",
            "Memories",
            "Minions",
            "PersonalModels",
            "Providers",
            "Scenarios",
            "Tasks",
            "Training",
        ],
        ["Admin"] = ["*"],
        ["Leaving"] = ["*"],
        ["Data"] = ["*"],
    };

    [Fact]
    public void In_core_a_noun_uses_only_the_nouns_it_may() =>
        Exceptions.AllowOnly(
            Exceptions.Use,
            from file in SourceFile.All
            where file.Project == "Republic.Core"
            from used in Usings(file)
            where used.StartsWith("Republic.Core", StringComparison.Ordinal)
            let other = used["Republic.Core".Length..].TrimStart('.')
            where !MayUse(file.Folder, other)
            select $"{file.Path} uses {used}"
        );

    [Fact]
    public void Core_knows_nothing_of_requests_and_pages() =>
        Exceptions.None(
            from file in SourceFile.All
            where file.Project == "Republic.Core" && file.Folder != "Inference"
            from used in Usings(file)
            where
                used.StartsWith("Microsoft.AspNetCore.Http", StringComparison.Ordinal)
                || used.StartsWith("Microsoft.AspNetCore.Mvc", StringComparison.Ordinal)
            select $"{file.Path} uses {used}"
        );

    [Theory]
    [InlineData("Pages", "Republic.Web.Api")]
    [InlineData("Api", "Republic.Web.Pages")]
    [InlineData("Http", "Republic.Web.Api")]
    [InlineData("Http", "Republic.Web.Pages")]
    public void Pages_and_the_api_do_not_lean_on_each_other(string folder, string other) =>
        Exceptions.None(
            from file in SourceFile.All
            where file.Project == "Republic.Web" && file.Folder == folder
            from used in Usings(file)
            where used.StartsWith(other, StringComparison.Ordinal)
            select $"{file.Path} uses {used}"
        );

    [Fact]
    public void The_native_library_is_touched_by_what_computes_alone() =>
        Exceptions.None(
            from file in SourceFile.OfTheApp
            where file.Project != "Republic.Sprout" && file.Folder is not ("Llama" or "Lora" or "Inference" or "Trainer")
            from used in Usings(file)
            where used.StartsWith("Republic.Core.Llama.Native", StringComparison.Ordinal)
            select $"{file.Path} uses {used}"
        );

    /// <summary>What a minion in a role is told is made of what the role knows, and what the role knows is read from the journal at one point.</summary>
    [Fact]
    public void Of_the_journal_of_an_episode_only_the_knowledge_of_a_role_gets_into_a_prompt()
    {
        string[] words = ["EntryData", "EpisodeEntry", "EpisodeEntries", "EntriesAsync", "JournalReading", "EpisodeEvent", "EpisodeEffect"];
        string[] folders = ["Republic.Core/Episodes/Knowing/", "Republic.Core/Episodes/Playing/"];
        var read =
            from file in SourceFile.All
            where folders.Any(folder => file.Path.StartsWith(folder, StringComparison.Ordinal))
            let used = file.Nodes<IdentifierNameSyntax>().Select(name => name.Identifier.Text).Intersect(words).ToList()
            where
                used.Exists(word => word is not ("EpisodeEvent" or "EpisodeEffect")) || (used.Count > 0 && file.Path.Contains("/Knowing/"))
            select Path.GetFileName(file.Path);
        Assert.Equal(["PlayerLoader.cs", "RoleKnowledge.cs"], read.Order(StringComparer.Ordinal));

        var made =
            from file in SourceFile.OfTheApp
            where
                file.Nodes<BaseObjectCreationExpressionSyntax>()
                    .Any(made =>
                        made
                            is ObjectCreationExpressionSyntax
                            {
                                Type: IdentifierNameSyntax { Identifier.Text: "RolePrompt" or "RoleKnowledge" }
                            }
                    )
            select file.Path;
        Exceptions.None(made);
    }

    private static bool MayUse(string folder, string other)
    {
        var noun = other.Split('.')[0];
        var more = MayAlsoUse.GetValueOrDefault(folder, []);
        return folder is ""
            || noun == folder
            || EverybodyMayUse.Contains(noun)
            || more.Contains("*")
            || more.Contains(noun)
            || more.Contains(other);
    }

    private static IEnumerable<string> Usings(SourceFile file) =>
        file.Nodes<UsingDirectiveSyntax>().Select(line => line.NamespaceOrType.ToString());
}
