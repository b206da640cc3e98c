using Republic.Core.Audit;

namespace Republic.Web.Pages.Account;

/// <summary>What a person reads of what they did.</summary>
public static class ActivityWords
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        [AuditActions.SignedUp] = "Made this account",
        [AuditActions.SignedIn] = "Signed in",
        [AuditActions.SignInFailed] = "Tried to sign in with a wrong password",
        [AuditActions.SignInRefused] = "Tried to sign in while deactivated",
        [AuditActions.SignedOut] = "Signed out",
        [AuditActions.SessionEnded] = "Ended a session",
        [AuditActions.PasswordChanged] = "Changed the password",
        [AuditActions.ProfileChanged] = "Changed the profile",
        [AuditActions.TokenMade] = "Made an access token",
        [AuditActions.TokenRevoked] = "Revoked an access token",
        [AuditActions.ProviderKeyStored] = "Stored a provider key",
        [AuditActions.ProviderKeyChanged] = "Changed a provider key",
        [AuditActions.ProviderKeyDeleted] = "Deleted a provider key",
        [AuditActions.MinionKeyOriginsSet] = "Changed which pages may use a minion’s key",
        [AuditActions.MinionKeyIssued] = "Made a key of a minion, or brought it back",
        [AuditActions.ModelDownloaded] = "Began to download a model",
        [AuditActions.TrainedFromChats] = "Trained a minion from chats",
        [AuditActions.TrainingDataExported] = "Exported training data",
        [AuditActions.VersionChosen] = "Put a version into use",
        [AuditActions.VersionPromoted] = "A version passed the gate and went into use",
        [AuditActions.VersionInsisted] = "Put a version into use that the gate refused",
        [AuditActions.VerdictJudged] = "Judged the answers that a run lost",
        [AuditActions.ConsentGiven] = "Let a chat teach",
        [AuditActions.ConsentWithdrawn] = "Stopped a chat from teaching",
        [AuditActions.PersonalDataKept] = "Let personal data be learned",
        [AuditActions.ChatDeleted] = "Deleted a chat",
        [AuditActions.RowsDeleted] = "Deleted datasets with rows of chats that were deleted or taken back",
        [AuditActions.ModelLoadedAnyway] = "Loaded a model that may not fit",
        [AuditActions.ModelRemoved] = "Removed a model",
        [AuditActions.TaskShared] = "Shared a task",
        [AuditActions.TaskShareAccepted] = "Accepted a shared task",
        [AuditActions.TaskShareLeft] = "Declined or left a shared task",
        [AuditActions.TaskShareEnded] = "Stopped sharing a task",
        [AuditActions.PersonInvited] = "Made an invitation",
        [AuditActions.InvitationWithdrawn] = "Withdrew an invitation",
        [AuditActions.RoleChanged] = "Changed somebody's role",
        [AuditActions.PersonDeactivated] = "Deactivated an account",
        [AuditActions.PersonReactivated] = "Reactivated an account",
        [AuditActions.PersonDeleted] = "Deleted an account",
        [AuditActions.ResetLinkMade] = "Made a link for a new password",
        [AuditActions.PasswordReset] = "Chose a new password by a link, made by",
        [AuditActions.JobStopped] = "Stopped somebody's job",
        [AuditActions.SettingChanged] = "Changed a setting",
        [AuditActions.HostAllowed] = "Allowed a host for everybody",
        [AuditActions.HostTakenBack] = "Took an allowed host back",
        [AuditActions.SuperuserActed] = "Acted as superuser",
        [AuditActions.PriceForEverybody] = "Set a price for everybody",
        [AuditActions.MinionKeyRevoked] = "Deleted a minion, and its key with it",
        [AuditActions.PriceTakenBack] = "Took back a price for everybody",
    };

    public static string Of(string action) => Words.GetValueOrDefault(action, action);
}
