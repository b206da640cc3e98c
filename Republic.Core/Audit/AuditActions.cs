namespace Republic.Core.Audit;

/// <summary>The names that actions have in the log. They are a contract: filters and scripts outside use them.</summary>
public static class AuditActions
{
    public const string SignedUp = "account.sign_up";
    public const string SignedIn = "account.sign_in";
    public const string SignInFailed = "account.sign_in_failure";
    public const string SignInRefused = "account.sign_in_refused";
    public const string SignedOut = "account.sign_out";
    public const string SessionEnded = "account.session_end";
    public const string PasswordChanged = "account.password_change";
    public const string ProfileChanged = "account.profile_change";
    public const string AccountDeleted = "account.delete";
    public const string AccountExported = "account.export";
    public const string AccountImported = "account.import";
    public const string TokenMade = "token.create";
    public const string TokenRevoked = "token.revoke";
    public const string ProviderKeyStored = "provider_key.store";
    public const string ProviderKeyChanged = "provider_key.change";
    public const string ProviderKeyDeleted = "provider_key.delete";
    public const string MinionKeyIssued = "minion_key.issue";
    public const string MinionKeyOriginsSet = "minion_key.origins_set";
    public const string MinionKeyRevoked = "minion_key.revoke";
    public const string ToolsChanged = "tools.change";
    public const string ModelDownloaded = "model.download";
    public const string ModelLoadedAnyway = "model.load_anyway";
    public const string ModelRemoved = "model.remove";
    public const string TrainedFromChats = "training.from_chats";
    public const string TrainingDataExported = "training.export";
    public const string VersionChosen = "version.choose";
    public const string VersionPromoted = "version.promote";
    public const string VersionInsisted = "version.insist";
    public const string VerdictJudged = "verdict.judge";
    public const string ConsentGiven = "consent.give";
    public const string ConsentWithdrawn = "consent.withdraw";
    public const string PersonalDataKept = "personal_data.keep";
    public const string ChatDeleted = "conversation.delete";
    public const string ChatRestored = "conversation.restore";
    public const string ChatErased = "conversation.erase";
    public const string RowsDeleted = "training.rows_delete";
    public const string ToolCalled = "tool_call.make";
    public const string TaskShared = "task.share";
    public const string TaskShareAccepted = "task.share_accept";
    public const string TaskShareLeft = "task.share_leave";
    public const string TaskShareEnded = "task.share_end";
    public const string ToolServerAdded = "tool_server.add";
    public const string ToolServerChanged = "tool_server.change";
    public const string ToolServerDeleted = "tool_server.delete";
    public const string ToolServerSignedIn = "tool_server.sign_in";
    public const string ToolCallApproved = "tool_call.approve";
    public const string ToolCallRefused = "tool_call.refuse";
    public const string PersonInvited = "person.invite";
    public const string InvitationWithdrawn = "person.invitation_withdraw";
    public const string RoleChanged = "person.role_change";
    public const string PersonDeactivated = "person.deactivate";
    public const string PersonReactivated = "person.reactivate";
    public const string PersonDeleted = "person.delete";
    public const string ResetLinkMade = "person.reset_link";
    public const string PasswordReset = "account.password_reset";
    public const string JobStopped = "superuser.job_stop";
    public const string SettingChanged = "superuser.setting_change";
    public const string HostAllowed = "superuser.host_allow";
    public const string HostTakenBack = "superuser.host_take_back";
    public const string ToolCommandAdded = "superuser.tool_command_add";
    public const string ToolCommandDeleted = "superuser.tool_command_delete";
    public const string BackupStarted = "backup.start";
    public const string BackupChecked = "backup.check";
    public const string BackupDownloaded = "backup.download";
    public const string BackupDeleted = "backup.delete";
    public const string BackupRemoved = "backup.remove_old";
    public const string BackupsPlanned = "backup.schedule_change";

    /// <summary>Anything that a superuser did to what belongs to somebody else.</summary>
    public const string SuperuserActed = "superuser.act";
    public const string PriceForEverybody = "superuser.price_set";
    public const string PriceTakenBack = "superuser.price_take_back";

    /// <summary>Every one of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [.. typeof(AuditActions).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal)];
}
