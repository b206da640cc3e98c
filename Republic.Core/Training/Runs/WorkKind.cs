namespace Republic.Core.Training.Runs;

/// <summary>Kinds of work in a run, each with a pace of its own. What takes time and is counted is one of them (<see cref="RunForecast"/>).</summary>
public enum WorkKind
{
    /// <summary>Times that something has to get ready first: a process starts, a model is loaded and checked.</summary>
    Start,

    /// <summary>Calls of the minion.</summary>
    Answers,

    /// <summary>Calls of the judge.</summary>
    Grades,

    /// <summary>Answers of the version before that are written to be replayed.</summary>
    Replay,

    /// <summary>Steps of training, with the measurements between them.</summary>
    Training,

    /// <summary>Rows whose loss is measured.</summary>
    Losses,

    /// <summary>Answers that are written and read to measure what was kept, in those that are written without an adapter.</summary>
    Retention,

    /// <summary>The collections of a run that are waited for or built. Nobody knows how long that takes before it is done.</summary>
    Indexing,
}
