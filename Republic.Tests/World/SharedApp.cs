namespace Republic.Tests.World;

/// <summary>The app behind every <see cref="SharedRepublic"/>, started when the first of them asks.</summary>
public sealed class SharedApp(TestDatabases databases) : EmptyRepublic(databases)
{
    private int classes;

    protected override bool HasModelHost => true;

    // What a node allows all its people together, or one network address, no class may use up for another.
    protected override IEnumerable<(string Key, string Value)> Settings =>
        [
            ("Jobs:AtOnce", "32"),
            ("PersonalModels:AtOnce", "32"),
            ("Training:AtOnce", "32"),
            ("Training:RetentionQuestions", TrainingWorld.FewQuestions),
            ("Accounts:FailuresPerMinuteAndAddress", "100000"),
            ("ModelHost:QueueLength", "1000"),
            // Little enough for one test to reach; the others edit a few rows.
            ("Datasets:MaxEditedBytes", "1000000"),
        ];

    /// <summary>An e-mail domain of its own for each class, so that two classes can both have an “Ada”.</summary>
    public string NewDomain() => $"class{Interlocked.Increment(ref classes)}.example";
}
