namespace Republic.Core.Doctor;

/// <summary>Examines one thing. It changes nothing, and asks nobody beyond this machine but the database.</summary>
public interface IExamination
{
    /// <summary>What its findings are listed under, such as <c>disk</c>.</summary>
    string Check { get; }

    /// <summary>True where it reads tables, which have to be those of this version.</summary>
    bool NeedsTables => false;

    /// <summary>What is found; an exception becomes a finding of its own.</summary>
    Task<IReadOnlyList<Finding>> ExamineAsync(DatabaseState database, CancellationToken ct);
}
