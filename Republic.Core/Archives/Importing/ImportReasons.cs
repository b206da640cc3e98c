namespace Republic.Core.Archives.Importing;

/// <summary>Why something of an archive was not added, or came in another form. The names are a contract: programs read them.</summary>
public static class ImportReasons
{
    public const string AlreadyImported = "already_imported";

    /// <summary>No Republic adds things of this kind yet.</summary>
    public const string NotImportedYet = "not_imported_yet";

    /// <summary>It breaks a rule that holds for what people make here.</summary>
    public const string Invalid = "invalid";

    /// <summary>There would be too many of the kind, or one is in the way.</summary>
    public const string NotPossible = "not_possible";
    public const string Quota = "quota";
    public const string TooLarge = "too_large";

    /// <summary>The archive names a file that is not in it.</summary>
    public const string FileMissing = "file_missing";

    /// <summary>It belongs to a minion that was not imported.</summary>
    public const string MinionMissing = "minion_missing";

    /// <summary>It named something that is not in the archive, or was not imported. It is here without that.</summary>
    public const string ReferenceDropped = "reference_dropped";

    /// <summary>Its model or provider is not here, so that it has another one.</summary>
    public const string ModelReplaced = "model_replaced";

    /// <summary>The model that weights belong to is not here.</summary>
    public const string BaseMissing = "base_missing";

    /// <summary>A version is here and not in use.</summary>
    public const string NotInUse = "not_in_use";

    /// <summary>What was earned or judged elsewhere is shown, and counts nowhere.</summary>
    public const string CountsNowhere = "counts_nowhere";

    internal static string Of(Failure failure) =>
        failure.Kind switch
        {
            FailureKind.QuotaExceeded => Quota,
            FailureKind.Invalid or FailureKind.Unprocessable => Invalid,
            _ => NotPossible,
        };
}
