namespace Republic.Web.Pages.Admin.Doctor;

/// <summary>What is examined, in words.</summary>
internal static class DoctorWords
{
    public static string Of(string check) =>
        check switch
        {
            "database" => "Database",
            "disk" => "Disk",
            "key" => "Key",
            "backup" => "Backup",
            "models" => "Models",
            "model_host" => "Model host",
            "jobs" => "Jobs",
            "clocks" => "Clocks",
            "proxy" => "Proxy",
            "ports" => "Ports",
            "poppler" => "PDF",
            "versions" => "Versions",
            _ => check,
        };
}
