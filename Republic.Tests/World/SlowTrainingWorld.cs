namespace Republic.Tests.World;

/// <summary>A republic whose runs rest after each training step: there is time to watch, to stop or to overtake even a short one.</summary>
public sealed class SlowTrainingWorld(TestDatabases databases) : RunningRepublic(databases)
{
    private const string Rest = "250";

    protected override bool HasModelHost => true;

    protected override IEnumerable<(string Key, string Value)> Settings =>
        [("Training:RetentionQuestions", TrainingWorld.FewQuestions), ("ModelHost:TrainingRestMilliseconds", Rest)];
}
