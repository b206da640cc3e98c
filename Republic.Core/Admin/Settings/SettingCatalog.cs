using System.Globalization;
using Republic.Core.Accounts;
using Republic.Core.Accounts.SigningUp;
using Republic.Core.Datasets;
using Republic.Core.Knowledge.Ingest;
using Republic.Core.PersonalModels;
using Republic.Core.Tasks;
using Republic.Core.Tools;

namespace Republic.Core.Admin.Settings;

/// <summary>The settings that can be changed while the server runs. Each is read by <c>IOptionsMonitor</c> where it is used.</summary>
public static class SettingCatalog
{
    public const string SignUp = $"{AccountOptions.Section}:{nameof(AccountOptions.SignUp)}";
    private const long MostBytes = 1L << 50;
    private const int MaxAddress = 500;

    public static IReadOnlyList<RuntimeSetting> All { get; } =
    [
        new(
            SignUp,
            "Who may sign up",
            "Anybody (Open), with an invitation (Invitation), or nobody (Closed).",
            SettingKind.Choice,
            nameof(SignUpMode.Open),
            Enum.GetNames<SignUpMode>()
        ),
        Bytes(
            "PersonalModels:QuotaBytes",
            "Models of a person",
            "The disk space for all models of a person.",
            new PersonalModelOptions().QuotaBytes
        ),
        Bytes("PersonalModels:MaxFileBytes", "Largest model", "The largest file of a model.", new PersonalModelOptions().MaxFileBytes),
        Bytes(
            "Datasets:QuotaBytes",
            "Datasets of a person",
            "The disk space for all datasets of a person.",
            new DatasetOptions().QuotaBytes
        ),
        Bytes(
            "Knowledge:QuotaBytes",
            "Documents of a person",
            "The disk space for all documents of a person.",
            new IngestOptions().QuotaBytes
        ),
        Bytes(
            "Tasks:QuotaBytes",
            "Files of tasks of a person",
            "The disk space for all files at a person's tasks.",
            new TaskOptions().QuotaBytes
        ),
        new(
            $"{ToolOptions.Section}:{nameof(ToolOptions.SearchUrl)}",
            "Web search",
            "The address of a SearXNG with which minions search the web, such as https://search.example.org; empty for none.",
            SettingKind.Address,
            "",
            [],
            Most: MaxAddress
        ),
    ];

    public static RuntimeSetting? Find(string? key) =>
        All.FirstOrDefault(one => string.Equals(one.Key, key, StringComparison.OrdinalIgnoreCase));

    private static RuntimeSetting Bytes(string key, string name, string meaning, long usual) =>
        new(key, name, meaning, SettingKind.Bytes, usual.ToString(CultureInfo.InvariantCulture), [], Least: 1 << 20, MostBytes);
}
